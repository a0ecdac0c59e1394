package dev.gatlingllm.record;

import static dev.gatlingllm.record.LineField.Presence.ALWAYS;
import static dev.gatlingllm.record.LineField.Presence.UNLESS_EMPTY;

import dev.gatlingllm.timing.CallTimeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything kept of one call: one line of {@code calls.jsonl}. Instants are nanoseconds since the
 * start of the run on the run's monotonic clock. What was not measured is absent, never 0.
 *
 * @param id number of the call within its run, from 0, in order of creation
 * @param name the name given in the simulation, such as {@code chat}
 * @param groups the Gatling groups around it, outermost first
 * @param labels what the call is to be told apart by in the report, such as model, region, level
 * @param provider the provider's name, such as {@code azure-openai}
 * @param model deployment, model or inference profile
 * @param streaming whether the answer was streamed
 * @param outcome how it ended
 * @param error normalised text of the failure, such as {@code 429 throttled}; empty on success
 * @param errorDetail what the provider said, free of secrets; empty on success
 * @param times the instants of the call
 * @param tokens the token counts
 * @param chunks how many events carried model output
 * @param interChunks the times between consecutive chunks
 * @param service what the response's headers and last events said
 * @param served who served the call, as the response says
 * @param connection the connection of its last attempt
 * @param attempts all attempts, in order; a single one unless the call was retried; empty if none
 *     was sent
 * @param traceId the id of the trace whose {@code traceparent} went with every attempt, by which
 *     the service's own traces know the call; empty if none was made
 * @param lateEvents events that came after the call had ended, dropped
 * @param content prompt and answer; empty unless content logging is on
 * @param cancel when the client was to cancel the call
 * @param tokensPartial whether {@code tokens} has the output until the client cancelled, and not
 *     that of a whole answer
 * @param turn which turn of which session it is; {@link Turn#NONE} for a call that is in none
 */
public record CallRecord(
    long id,
    @LineField(presence = ALWAYS) String name,
    List<String> groups,
    Map<String, String> labels,
    String provider,
    String model,
    boolean streaming,
    Outcome outcome,
    @LineField(quotes = true) String error,
    @LineField(quotes = true) String errorDetail,
    Times times,
    Tokens tokens,
    int chunks,
    InterChunks interChunks,
    Service service,
    Served served,
    Connection connection,
    List<Attempt> attempts,
    String traceId,
    @LineField(presence = UNLESS_EMPTY) int lateEvents,
    Content content,
    CancelPlan cancel,
    @LineField(presence = UNLESS_EMPTY) boolean tokensPartial,
    Turn turn) {

  /** Version of the line's format: raised when a field changes its meaning or goes away. */
  public static final int SCHEMA_VERSION = 2;

  /** Copies the collections. */
  public CallRecord {
    groups = List.copyOf(groups);
    labels = Map.copyOf(labels);
    attempts = List.copyOf(attempts);
  }

  /** A call whose answer the client waited for, and that is in no session. */
  public CallRecord(
      long id,
      String name,
      List<String> groups,
      Map<String, String> labels,
      String provider,
      String model,
      boolean streaming,
      Outcome outcome,
      String error,
      String errorDetail,
      Times times,
      Tokens tokens,
      int chunks,
      InterChunks interChunks,
      Service service,
      Served served,
      Connection connection,
      List<Attempt> attempts,
      String traceId,
      int lateEvents,
      Content content) {
    this(
        id,
        name,
        groups,
        labels,
        provider,
        model,
        streaming,
        outcome,
        error,
        errorDetail,
        times,
        tokens,
        chunks,
        interChunks,
        service,
        served,
        connection,
        attempts,
        traceId,
        lateEvents,
        content,
        CancelPlan.NONE,
        false,
        Turn.NONE);
  }

  /**
   * The same call, which the client was to cancel.
   *
   * @param partial see {@link #tokensPartial}
   */
  public CallRecord withCancel(CancelPlan plan, boolean partial) {
    return with(outcome, error, plan, partial, turn);
  }

  /** The same call, whose answer came but did not pass a check. */
  public CallRecord withFailedCheck(String newError) {
    return with(Outcome.CHECK_FAILED, newError, cancel, tokensPartial, turn);
  }

  private CallRecord with(
      Outcome newOutcome, String newError, CancelPlan plan, boolean partial, Turn newTurn) {
    return new CallRecord(
        id,
        name,
        groups,
        labels,
        provider,
        model,
        streaming,
        newOutcome,
        newError,
        errorDetail,
        times,
        tokens,
        chunks,
        interChunks,
        service,
        served,
        connection,
        attempts,
        traceId,
        lateEvents,
        content,
        plan,
        partial,
        newTurn);
  }

  /** The same call as a turn of a session. */
  public CallRecord with(Turn newTurn) {
    return with(outcome, error, cancel, tokensPartial, newTurn);
  }

  /**
   * A call's place in a conversation or agent session.
   *
   * @param session the number of the session within its run: that of its first call
   * @param turn number of the turn, from 1; 0 for a call that is in no session
   * @param turns how many turns the session was to have; 0 if that was not known
   */
  public record Turn(
      @LineField(presence = UNLESS_EMPTY) long session,
      @LineField(presence = UNLESS_EMPTY) int turn,
      @LineField(presence = UNLESS_EMPTY) int turns) {

    /** That of a call which is in no session. */
    public static final Turn NONE = new Turn(0, 0, 0);

    /** Whether the call is in a session. */
    public boolean inSession() {
      return turn > 0;
    }
  }

  /**
   * The instants of a call, nanoseconds since the start of the run.
   *
   * @param arrival when it was meant to start
   * @param start when its first attempt was sent
   * @param head when the first byte of the (last attempt's) response was there
   * @param firstOutput first chunk with any model output
   * @param firstVisible first chunk with visible output
   * @param lastOutput last chunk with model output
   * @param end stream complete, or the failure known
   */
  public record Times(
      @LineField("arrivalNanos") long arrival,
      @LineField("startNanos") OptionalLong start,
      @LineField("headNanos") OptionalLong head,
      @LineField("firstOutputNanos") OptionalLong firstOutput,
      @LineField("firstVisibleNanos") OptionalLong firstVisible,
      @LineField("lastOutputNanos") OptionalLong lastOutput,
      @LineField("endNanos") long end) {

    /**
     * The instants as they were stamped. A call without an end ended at its arrival.
     *
     * @param originNanos the reading of the stamps' clock at the start of the run
     */
    public static Times of(CallTimeline timeline, long originNanos) {
      return new Times(
          timeline.arrival() - originNanos,
          since(originNanos, timeline.start()),
          since(originNanos, timeline.head()),
          since(originNanos, timeline.firstOutput()),
          since(originNanos, timeline.firstVisible()),
          since(originNanos, timeline.lastOutput()),
          timeline.end().orElse(timeline.arrival()) - originNanos);
    }

    private static OptionalLong since(long originNanos, OptionalLong nanos) {
      return nanos.isPresent()
          ? OptionalLong.of(nanos.getAsLong() - originNanos)
          : OptionalLong.empty();
    }
  }

  /**
   * Token counts: the provider's, or estimated by a tokenizer and marked so.
   *
   * @param requestedInput the size the prompt was built to
   * @param requestedOutput the upper bound that was sent
   * @param input all input tokens, cached ones included
   * @param cachedInput input tokens read from a prompt cache
   * @param cacheWrite input tokens written to a prompt cache
   * @param output all output tokens, reasoning included
   * @param reasoning output tokens that are reasoning
   * @param estimated whether {@code input} and {@code output} come from a tokenizer
   * @param implausible whether the provider reported an impossible count, which is left out
   * @param doubt how the provider's counts contradict each other or the stream, in one word of
   *     {@code zero}, {@code reasoning-exceeds-output}, {@code total-differs} and {@code
   *     fewer-than-chunks}, or {@code media} if audio or an image came among several chunks, so
   *     that there is no rate; empty if they do not
   * @param hiddenReasoning the part of {@code reasoning} whose text was not streamed, so that the
   *     rate leaves it out: all of it, or 0; absent without a count of reasoning, and in runs of
   *     earlier versions
   * @param firstChunk how many of the output tokens came with the chunk that the decode time begins
   *     with: their share is that of its text; absent unless more tokens than chunks were streamed,
   *     without text, and in runs of earlier versions
   * @param rejected the part of {@code output} that is the rest of a prediction which did not
   *     become part of the answer, so that the rate leaves it out; absent if the provider does not
   *     say
   */
  public record Tokens(
      @LineField("requestedInputTokens") OptionalInt requestedInput,
      @LineField("requestedOutputTokens") OptionalInt requestedOutput,
      @LineField("inputTokens") OptionalLong input,
      @LineField("cachedInputTokens") OptionalLong cachedInput,
      @LineField("cacheWriteTokens") OptionalLong cacheWrite,
      @LineField("outputTokens") OptionalLong output,
      @LineField("reasoningTokens") OptionalLong reasoning,
      @LineField(value = "tokensEstimated", presence = UNLESS_EMPTY) boolean estimated,
      @LineField(value = "tokensImplausible", presence = UNLESS_EMPTY) boolean implausible,
      @LineField("tokensDoubt") String doubt,
      @LineField("hiddenReasoningTokens") OptionalLong hiddenReasoning,
      @LineField("firstChunkTokens") OptionalLong firstChunk,
      @LineField("rejectedTokens") OptionalLong rejected) {

    /** Nothing is known. */
    public static final Tokens NONE =
        new Tokens(
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            false,
            false,
            "",
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty());

    /** The same counts, and how many tokens the first chunk had. */
    public Tokens withFirstChunk(OptionalLong tokens) {
      return new Tokens(
          requestedInput,
          requestedOutput,
          input,
          cachedInput,
          cacheWrite,
          output,
          reasoning,
          estimated,
          implausible,
          doubt,
          hiddenReasoning,
          tokens,
          rejected);
    }
  }

  /**
   * The times between consecutive chunks, as a sparse histogram of microseconds with three
   * significant digits; the longest is exact.
   *
   * @param micros value, count, value, count, …, ascending
   * @param longestNanos the longest inter-chunk latency; absent with fewer than two chunks
   * @param stalls how many inter-chunk latencies were longer than the run's stall threshold
   * @param mostTogether how many chunks the longest row of chunks has that came within {@link
   *     #TOGETHER_MICROS} of one another; 0 if no two did
   */
  public record InterChunks(
      @LineField(value = "interChunkMicros", formerly = "gapsMicros") List<Long> micros,
      @LineField(value = "maxInterChunkNanos", formerly = "longestGapNanos")
          OptionalLong longestNanos,
      @LineField(presence = UNLESS_EMPTY) int stalls,
      @LineField(value = "mostChunksTogether", presence = UNLESS_EMPTY) int mostTogether) {

    /**
     * Chunks with less than this between them came together: a service that sends 3,000 tokens a
     * second one by one leaves 333 µs, and the client takes 40 µs at most to read one.
     */
    public static final long TOGETHER_MICROS = 100;

    /** Fewer than two chunks came. */
    public static final InterChunks NONE = new InterChunks(List.of(), OptionalLong.empty(), 0, 0);

    /** Takes the count of a value. */
    @FunctionalInterface
    public interface Visitor {
      /** Called once for each value, ascending. */
      void visit(long gapMicros, long count);
    }

    /**
     * The inter-chunk latencies of a call.
     *
     * @param interChunkNanos every inter-chunk latency
     * @param stallNanos an inter-chunk latency longer than this is a stall
     */
    public static InterChunks of(long[] interChunkNanos, long stallNanos) {
      if (interChunkNanos.length == 0) {
        return NONE;
      }
      long[] micros =
          Arrays.stream(interChunkNanos).map(InterChunks::roundedMicros).sorted().toArray();
      List<Long> pairs = new ArrayList<>();
      for (int from = 0, to = 0; from < micros.length; from = to) {
        while (to < micros.length && micros[to] == micros[from]) {
          to++;
        }
        pairs.add(micros[from]);
        pairs.add((long) (to - from));
      }
      return new InterChunks(
          pairs,
          Arrays.stream(interChunkNanos).max(),
          (int) Arrays.stream(interChunkNanos).filter(gap -> gap > stallNanos).count(),
          mostTogether(interChunkNanos));
    }

    private static int mostTogether(long[] interChunkNanos) {
      int most = 0;
      int row = 0;
      for (long nanos : interChunkNanos) {
        row = nanos < 1000 * TOGETHER_MICROS ? row + 1 : 0;
        most = Math.max(most, row);
      }
      return most == 0 ? 0 : most + 1;
    }

    /**
     * These inter-chunk latencies and more, which were only counted.
     *
     * @param counted how often each inter-chunk latency came, by its nanoseconds
     * @param stallNanos an inter-chunk latency longer than this is a stall
     */
    public InterChunks and(Map<Long, Long> counted, long stallNanos) {
      SortedMap<Long, Long> byMicros = new TreeMap<>();
      forEach((value, count) -> byMicros.merge(value, count, Long::sum));
      long longest = longestNanos.orElse(0);
      long allStalls = stalls;
      for (Map.Entry<Long, Long> more : counted.entrySet()) {
        byMicros.merge(roundedMicros(more.getKey()), more.getValue(), Long::sum);
        longest = Math.max(longest, more.getKey());
        allStalls += more.getKey() > stallNanos ? more.getValue() : 0;
      }
      List<Long> pairs = new ArrayList<>(2 * byMicros.size());
      byMicros.forEach(
          (value, count) -> {
            pairs.add(value);
            pairs.add(count);
          });
      return new InterChunks(
          pairs,
          OptionalLong.of(longest),
          (int) Math.min(Integer.MAX_VALUE, allStalls),
          mostTogether);
    }

    private static long roundedMicros(long nanos) {
      long micros = (nanos + 500) / 1000;
      long unit = 1;
      while (micros / unit >= 1000) {
        unit *= 10;
      }
      return (micros + unit / 2) / unit * unit;
    }

    /** Copies the list; rejects one that does not hold pairs. */
    public InterChunks {
      micros = LongList.copyOf(micros);
      if (micros.size() % 2 != 0) {
        throw new IllegalArgumentException(
            "field interChunkMicros must hold pairs of value and count, had "
                + micros.size()
                + " numbers");
      }
    }

    /** Hands over every value with its count. */
    public void forEach(Visitor visitor) {
      LongList pairs = LongList.copyOf(micros);
      for (int i = 0; i < pairs.size(); i += 2) {
        visitor.visit(pairs.at(i), pairs.at(i + 1));
      }
    }

    /** How many inter-chunk latencies are shorter than {@link #TOGETHER_MICROS}. */
    public long together() {
      LongList pairs = LongList.copyOf(micros);
      long together = 0;
      for (int i = 0; i < pairs.size() && pairs.at(i) < TOGETHER_MICROS; i += 2) {
        together += pairs.at(i + 1);
      }
      return together;
    }
  }

  /**
   * What the service said about the call.
   *
   * @param status HTTP status of the last response, 0 if none came
   * @param requestId the provider's request id
   * @param region the region that served the call
   * @param finishReason why the model stopped, in the provider's word
   * @param remainingRequests what was left of the request quota
   * @param remainingTokens what was left of the token quota
   * @param retryAfterMillis how long the service asked to wait
   * @param utilizationPercent utilisation of a provisioned deployment
   */
  public record Service(
      @LineField(presence = UNLESS_EMPTY) int status,
      @LineField(quotes = true) String requestId,
      @LineField(quotes = true) String region,
      @LineField(quotes = true) String finishReason,
      OptionalLong remainingRequests,
      OptionalLong remainingTokens,
      OptionalLong retryAfterMillis,
      OptionalDouble utilizationPercent) {

    /** No response came. */
    public static final Service NONE =
        new Service(
            0,
            "",
            "",
            "",
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalDouble.empty());
  }

  /**
   * Who served the call, and how, in the words of the response.
   *
   * @param model the model that answered; may differ from the one that was asked
   * @param tier the service tier
   * @param latencyMode Bedrock's latency mode
   * @param serviceMillis how long the call took by the service's own clock
   * @param deployment the deployment that answered, as the service names it
   * @param spilledFrom the provisioned deployment that handed the call over to it
   * @param spilloverError the status with which that one refused the call
   */
  public record Served(
      @LineField(value = "servedModel", quotes = true) String model,
      @LineField(value = "servedTier", quotes = true) String tier,
      @LineField(value = "servedLatencyMode", quotes = true) String latencyMode,
      OptionalLong serviceMillis,
      @LineField(value = "servedDeployment", quotes = true) String deployment,
      @LineField(value = "spilledOverFrom", quotes = true) String spilledFrom,
      @LineField(quotes = true) String spilloverError) {

    /** The response said nothing of it. */
    public static final Served UNKNOWN = new Served("", "", "", OptionalLong.empty());

    /** A response that names no deployment. */
    public Served(String model, String tier, String latencyMode, OptionalLong serviceMillis) {
      this(model, tier, latencyMode, serviceMillis, "", "", "");
    }

    /**
     * Whether a provisioned deployment handed the call over to another one: it is then in no number
     * of the provisioned one.
     */
    public boolean spilledOver() {
      return !spilledFrom.isEmpty();
    }
  }

  /**
   * The connection that a call was sent on.
   *
   * @param reused whether it was open already
   * @param tcpNanos how long the look-up of the name and the TCP connection took
   * @param tlsNanos how long the TLS handshake took
   */
  public record Connection(
      @LineField(value = "connectionReused", presence = UNLESS_EMPTY) boolean reused,
      OptionalLong tcpNanos,
      OptionalLong tlsNanos) {

    /** Nothing is known of it. */
    public static final Connection UNKNOWN =
        new Connection(false, OptionalLong.empty(), OptionalLong.empty());
  }

  /**
   * Prompt and answer, only with content logging on.
   *
   * @param prompt the messages that were sent, as JSON text
   * @param answer the text that came, or its beginning
   * @param cutFrom the length of the whole answer, in UTF-16 units; absent if {@code answer} is it
   */
  public record Content(
      String prompt, String answer, @LineField("answerChars") OptionalLong cutFrom) {

    /** Content logging is off. */
    public static final Content NONE = new Content("", "");

    /** A length that is not longer than the text says nothing. */
    public Content {
      cutFrom = cutFrom.orElse(0) > answer.length() ? cutFrom : OptionalLong.empty();
    }

    /** A whole answer. */
    public Content(String prompt, String answer) {
      this(prompt, answer, OptionalLong.empty());
    }

    /** The length of the whole answer, in UTF-16 units. */
    public long answerChars() {
      return cutFrom.orElse(answer.length());
    }
  }
}
