package dev.gatlingllm.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.call.RetryPolicy;
import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.timing.NanoClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many calls that share one connection, from a server that sends interim answers, cuts answers,
 * resets and closes connections, with and without saying so. The profile {@code faults} makes it
 * long: {@code -Dconnections.calls=5000}; {@code -Dconnections.seed=1} repeats a run.
 */
class OneConnectionIT {

  private static final int CALLS = Integer.getInteger("connections.calls", 300);
  private static final long SEED = Long.getLong("connections.seed", 14);
  private static final int IN_FLIGHT = 4;
  private static final Pattern ID = Pattern.compile("call-(\\d+)-");
  private static final RetryPolicy AGAIN =
      new RetryPolicy(false, false, 50, 0, Long.MAX_VALUE, true, () -> 0);

  /** What becomes of a request. */
  private enum Fate {
    ANSWERED,
    ANSWERED_THEN_CLOSED,
    ANSWERED_AND_CLOSE_SAID,
    REFUSED,
    CLOSED_UNANSWERED,
    CLOSED_AFTER_THE_HEAD,
    CLOSED_IN_THE_BODY,
    RESET
  }

  private final Map<Integer, AtomicInteger> requests = new ConcurrentHashMap<>();
  private final Map<Integer, Fate> last = new ConcurrentHashMap<>();

  private static Fate fate(Random random) {
    Fate[] all = Fate.values();
    return random.nextInt(10) < 6 ? Fate.ANSWERED : all[random.nextInt(all.length)];
  }

  private void answer(Exchange exchange) {
    Matcher prompt = ID.matcher(exchange.body());
    int id = prompt.find() ? Integer.parseInt(prompt.group(1)) : -1;
    int number = requests.computeIfAbsent(id, unused -> new AtomicInteger()).incrementAndGet();
    Random random = new Random(SEED * 1_000_003 + id * 101L + number);
    for (int i = random.nextInt(4); i > 0; i--) {
      exchange.interim(new int[] {100, 102, 103, 199}[random.nextInt(4)]);
      if (random.nextBoolean()) {
        exchange.flush();
      }
    }
    Fate fate = fate(random);
    last.put(id, fate);
    play(exchange, fate, "call-" + id + "-");
  }

  private static void play(Exchange exchange, Fate fate, String text) {
    switch (fate) {
      case ANSWERED -> exchange.answer(text).flush();
      case ANSWERED_THEN_CLOSED -> exchange.answer(text).close();
      case ANSWERED_AND_CLOSE_SAID -> exchange.answer(text, "connection", "close").close();
      case REFUSED ->
          exchange
              .head(503)
              .bytes(("{\"message\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8))
              .end()
              .flush();
      case CLOSED_UNANSWERED -> exchange.close();
      case CLOSED_AFTER_THE_HEAD -> exchange.head(200).close();
      case CLOSED_IN_THE_BODY -> exchange.head(200).bytes(exchange.text(text)).close();
      case RESET -> exchange.reset();
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void everyAnswerBelongsToItsCall(Wire wire) throws Exception {
    ClientSettings settings = ClientSettings.of(Duration.ofSeconds(30), 1, NanoClock.SYSTEM);
    try (Endpoint endpoint = new Endpoint(wire, this::answer);
        Caller caller =
            new Caller(wire.client(endpoint.uri(), settings), NanoClock.SYSTEM, AGAIN)) {
      List<CallResult> results = calls(caller);

      assertThat(caller.ends()).as("ends").isEqualTo(CALLS);
      assertThat(requests.keySet()).as("requests of a call").allMatch(id -> id >= 0 && id < CALLS);
      List<String> wrong = new ArrayList<>();
      for (int id = 0; id < CALLS; id++) {
        judge(id, results.get(id)).ifPresent(wrong::add);
      }
      assertThat(wrong).as("-Dconnections.seed=" + SEED).isEmpty();
      tell(wire, endpoint, results);
    }
  }

  private static List<CallResult> calls(Caller caller) throws Exception {
    List<CompletableFuture<CallResult>> all = new ArrayList<>();
    Queue<CompletableFuture<CallResult>> open = new ArrayDeque<>();
    for (int id = 0; id < CALLS; id++) {
      if (open.size() == IN_FLIGHT) {
        open.remove().get(2, TimeUnit.MINUTES);
      }
      CompletableFuture<CallResult> next = caller.begin("call-" + id + "-");
      all.add(next);
      open.add(next);
    }
    List<CallResult> results = new ArrayList<>();
    for (CompletableFuture<CallResult> each : all) {
      results.add(each.get(2, TimeUnit.MINUTES));
    }
    return results;
  }

  private Optional<String> judge(int id, CallResult result) {
    String own = "call-" + id + "-";
    String said = result.answer().kept();
    int sent = requests.getOrDefault(id, new AtomicInteger()).get();
    String fault = "";
    if (!said.isEmpty() && !said.equals(own)) {
      fault = "has the answer " + said;
    } else if (!result.errorDetail().contains(own) && ID.matcher(result.errorDetail()).find()) {
      fault = "has the error " + result.errorDetail();
    } else if (sent > result.attempts().size()) {
      fault = "was requested " + sent + " times in " + result.attempts().size() + " attempts";
    } else if (sent == 0 && result.outcome() == Outcome.BROKEN) {
      // Its connection was closed just before it could take the request.
      return Optional.empty();
    } else if (sent == 0) {
      fault = "was never requested and ended as " + result.outcome() + ": " + result.error();
    } else if (!expected(last.get(id)).contains(result.outcome())) {
      fault = last.get(id) + " ended as " + result.outcome() + ": " + result.error();
    } else if (result.outcome() == Outcome.SUCCEEDED && said.isEmpty()) {
      fault = "succeeded without its answer";
    }
    return fault.isEmpty() ? Optional.empty() : Optional.of("call " + id + " " + fault);
  }

  /** A service that closes in the middle of an answer, or before it, breaks the call. */
  private static List<Outcome> expected(Fate fate) {
    return switch (fate) {
      case ANSWERED, ANSWERED_THEN_CLOSED, ANSWERED_AND_CLOSE_SAID -> List.of(Outcome.SUCCEEDED);
      case REFUSED -> List.of(Outcome.REJECTED);
      case CLOSED_UNANSWERED, CLOSED_AFTER_THE_HEAD, CLOSED_IN_THE_BODY, RESET ->
          List.of(Outcome.BROKEN);
    };
  }

  private void tell(Wire wire, Endpoint endpoint, List<CallResult> results) {
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    results.forEach(result -> outcomes.merge(result.outcome(), 1, Integer::sum));
    int attempts = results.stream().mapToInt(result -> result.attempts().size()).sum();
    int sent = requests.values().stream().mapToInt(AtomicInteger::get).sum();
    System.out.println(
        String.join(
            " ",
            Arrays.asList(
                "one connection,",
                wire + ":",
                CALLS + " calls " + outcomes + ",",
                attempts + " attempts,",
                sent + " requests,",
                endpoint.connections().size() + " connections")));
  }
}
