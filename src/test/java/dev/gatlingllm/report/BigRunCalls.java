package dev.gatlingllm.report;

import dev.gatlingllm.record.Attempt;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecord.Content;
import dev.gatlingllm.record.CallRecord.InterChunks;
import dev.gatlingllm.record.CallRecord.Service;
import dev.gatlingllm.record.CallRecord.Times;
import dev.gatlingllm.record.CallRecord.Tokens;
import dev.gatlingllm.record.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Calls as a run of four levels and two names has them: Poisson arrivals at 500 a second, answers
 * of 20 to 400 tokens, one call in fifty throttled and tried again, one in fifty failed, some
 * dropped, the last ones unfinished.
 */
final class BigRunCalls {

  private static final double ARRIVALS_PER_SECOND = 500;
  private static final int ANSWERS = 2000;
  private static final long MILLI = 1_000_000;

  /** An answer from its first chunk on. */
  private record Answer(int tokens, long decodeNanos, InterChunks gaps) {}

  private final Random random;
  private final long calls;
  private final List<Answer> answers = new ArrayList<>();
  private long id;
  private long arrival;

  BigRunCalls(long seed, long calls) {
    this.random = new Random(seed);
    this.calls = calls;
    for (int i = 0; i < ANSWERS; i++) {
      answers.add(answer());
    }
  }

  private Answer answer() {
    int tokens = 20 + random.nextInt(181);
    long[] gaps = new long[tokens - 1];
    long decode = 0;
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = (long) (18 * MILLI * Math.exp(0.08 * random.nextGaussian()));
      decode += gaps[i];
    }
    return new Answer(tokens, decode, InterChunks.of(gaps, 50 * MILLI));
  }

  CallRecord next() {
    arrival += (long) (-Math.log(1 - random.nextDouble()) / ARRIVALS_PER_SECOND * 1e9);
    CallRecord call = call(id);
    id++;
    return call;
  }

  private CallRecord call(long id) {
    if (id >= calls - 100) {
      return failed(id, Outcome.UNFINISHED, "");
    }
    return switch (random.nextInt(500)) {
      case 0, 1, 2, 3, 4 -> failed(id, Outcome.THROTTLED, "429 throttled");
      case 5 -> failed(id, Outcome.TIMED_OUT, "timeout: no first token in 30 s");
      case 6 -> failed(id, Outcome.BROKEN, "broken: ConnectionReset");
      case 7 -> failed(id, Outcome.REJECTED, "500 InternalServerError");
      case 8 -> failed(id, Outcome.MALFORMED, "malformed");
      case 9 -> failed(id, Outcome.CHECK_FAILED, "check failed: finish reason");
      case 10 -> failed(id, Outcome.DROPPED, "");
      default -> succeeded(id, random.nextInt(50) == 0);
    };
  }

  private CallRecord succeeded(long id, boolean retried) {
    Answer answer = answers.get(random.nextInt(ANSWERS));
    int level = level(id);
    long start = arrival + 50_000 + random.nextInt(400_000);
    long wait = retried ? 400 * MILLI : 0;
    long head = start + wait + (long) (60 * MILLI * Math.exp(0.3 * random.nextGaussian()));
    long first = head + (long) ((150 + 60 * level) * MILLI * Math.exp(0.4 * random.nextGaussian()));
    long last = first + answer.decodeNanos;
    long end = last + 900_000;
    int input = 400 + random.nextInt(200);
    List<Attempt> attempts = new ArrayList<>();
    if (retried) {
      attempts.add(new Attempt(start, start + 100 * MILLI, 429, Outcome.THROTTLED, 300 * MILLI));
    }
    attempts.add(new Attempt(start + wait, end, 200, Outcome.SUCCEEDED, 0));
    return record(
        id,
        Outcome.SUCCEEDED,
        "",
        new Times(
            arrival,
            OptionalLong.of(start),
            OptionalLong.of(head),
            OptionalLong.of(first),
            OptionalLong.of(first),
            OptionalLong.of(last),
            end),
        new Tokens(
            OptionalInt.of(500),
            OptionalInt.of(200),
            OptionalLong.of(input),
            OptionalLong.of(random.nextInt(4) == 0 ? 256 : 0),
            OptionalLong.empty(),
            OptionalLong.of(answer.tokens),
            OptionalLong.of(0),
            false,
            false,
            "",
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty()),
        answer.tokens,
        answer.gaps,
        served(200, "stop"),
        attempts);
  }

  private CallRecord failed(long id, Outcome outcome, String error) {
    boolean started = outcome.started();
    long end = started ? arrival + 80 * MILLI + random.nextInt(1_000_000_000) : arrival;
    return record(
        id,
        outcome,
        error,
        new Times(
            arrival,
            started ? OptionalLong.of(arrival + 100_000) : OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            end),
        Tokens.NONE,
        0,
        InterChunks.NONE,
        outcome == Outcome.THROTTLED ? served(429, "") : Service.NONE,
        started ? List.of(new Attempt(arrival + 100_000, end, 0, outcome, 0)) : List.of());
  }

  private Service served(int status, String finishReason) {
    return new Service(
        status,
        String.format(Locale.ROOT, "%016x-%016x", random.nextLong(), random.nextLong()),
        "swedencentral",
        finishReason,
        OptionalLong.of(random.nextInt(5000)),
        OptionalLong.of(random.nextInt(5_000_000)),
        OptionalLong.empty(),
        OptionalDouble.empty());
  }

  private int level(long id) {
    return (int) (id * 4 / calls);
  }

  private CallRecord record(
      long id,
      Outcome outcome,
      String error,
      Times times,
      Tokens tokens,
      int chunks,
      InterChunks gaps,
      Service service,
      List<Attempt> attempts) {
    return new CallRecord(
        id,
        random.nextInt(3) == 0 ? "summarise" : "chat",
        List.of("ladder", "level " + level(id)),
        Map.of("model", "gpt-4o", "profile", "balanced"),
        "azure-openai",
        "gpt-4o",
        true,
        outcome,
        error,
        error.isEmpty() ? "" : "the service said so",
        times,
        tokens,
        chunks,
        gaps,
        service,
        CallRecord.Served.UNKNOWN,
        CallRecord.Connection.UNKNOWN,
        attempts,
        "",
        0,
        Content.NONE);
  }
}
