package dev.gatlingllm.stats;

import dev.gatlingllm.record.Attempt;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecord.Content;
import dev.gatlingllm.record.CallRecord.InterChunks;
import dev.gatlingllm.record.CallRecord.Service;
import dev.gatlingllm.record.CallRecord.Times;
import dev.gatlingllm.record.CallRecord.Tokens;
import dev.gatlingllm.record.CancelPlan;
import dev.gatlingllm.record.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Writes records for tests: a succeeded streamed call of one second that says nothing else. */
public final class CallFixture {

  private long id;
  private String name = "chat";
  private List<String> groups = List.of();
  private Map<String, String> labels = Map.of();
  private Outcome outcome = Outcome.SUCCEEDED;
  private String error = "";
  private String detail = "";
  private long arrival;
  private OptionalLong start = OptionalLong.of(0);
  private OptionalLong first = OptionalLong.empty();
  private OptionalLong visible = OptionalLong.empty();
  private OptionalLong last = OptionalLong.empty();
  private long end = 1_000_000_000;
  private OptionalLong input = OptionalLong.empty();
  private OptionalLong output = OptionalLong.empty();
  private OptionalLong reasoning = OptionalLong.empty();
  private OptionalLong cached = OptionalLong.empty();
  private OptionalLong written = OptionalLong.empty();
  private OptionalInt requestedInput = OptionalInt.empty();
  private boolean estimated;
  private boolean implausible;
  private String doubt = "";
  private OptionalLong hiddenReasoning = OptionalLong.empty();
  private OptionalLong firstChunk = OptionalLong.empty();
  private OptionalLong rejected = OptionalLong.empty();
  private int chunks;
  private InterChunks gaps = InterChunks.NONE;
  private Service service = Service.NONE;
  private CallRecord.Served served = CallRecord.Served.UNKNOWN;
  private CallRecord.Connection connection = CallRecord.Connection.UNKNOWN;
  private List<Attempt> attempts = List.of();
  private int lateEvents;
  private String provider = "azure-openai";
  private String model = "gpt-4o";
  private boolean streaming = true;
  private OptionalInt maxTokens = OptionalInt.empty();
  private CancelPlan cancel = CancelPlan.NONE;
  private boolean partial;
  private OptionalDouble utilization = OptionalDouble.empty();

  private CallFixture() {}

  public static CallFixture call() {
    return new CallFixture();
  }

  public CallFixture id(long id) {
    this.id = id;
    return this;
  }

  public CallFixture name(String name, String... groups) {
    this.name = name;
    this.groups = List.of(groups);
    return this;
  }

  public CallFixture label(String key, String value) {
    this.labels = Map.of(key, value);
    return this;
  }

  public CallFixture labels(Map<String, String> all) {
    this.labels = Map.copyOf(all);
    return this;
  }

  public CallFixture ended(Outcome outcome, String error) {
    this.outcome = outcome;
    this.error = error;
    return this;
  }

  /** What the service said to a call that failed. */
  public CallFixture detail(String said) {
    this.detail = said;
    return this;
  }

  /** How long the service asked to wait; after {@link #served}. */
  public CallFixture retryAfter(long millis) {
    this.service =
        new Service(
            service.status(),
            service.requestId(),
            service.region(),
            service.finishReason(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.of(millis),
            OptionalDouble.empty());
    return this;
  }

  /** Arrival, start and end in milliseconds since the start of the run. */
  public CallFixture from(double startMillis, double endMillis) {
    this.arrival = nanos(startMillis);
    this.start = OptionalLong.of(nanos(startMillis));
    this.end = nanos(endMillis);
    return this;
  }

  public CallFixture arrival(double millis) {
    this.arrival = nanos(millis);
    return this;
  }

  public CallFixture neverStarted() {
    this.start = OptionalLong.empty();
    return this;
  }

  /** First and last chunk in milliseconds after the start; all of it visible. */
  public CallFixture streamed(double firstMillis, double lastMillis) {
    this.first = OptionalLong.of(start.getAsLong() + nanos(firstMillis));
    this.visible = first;
    this.last = OptionalLong.of(start.getAsLong() + nanos(lastMillis));
    return this;
  }

  public CallFixture visible(double millis) {
    this.visible = OptionalLong.of(start.getAsLong() + nanos(millis));
    return this;
  }

  public CallFixture tokens(long input, long output) {
    this.input = OptionalLong.of(input);
    this.output = OptionalLong.of(output);
    return this;
  }

  /** The size the prompt was built to, and the upper bound that was sent. */
  public CallFixture requested(int input, int output) {
    this.requestedInput = OptionalInt.of(input);
    this.maxTokens = OptionalInt.of(output);
    return this;
  }

  public CallFixture reasoning(long tokens) {
    this.reasoning = OptionalLong.of(tokens);
    return this;
  }

  public CallFixture cached(long read, long written) {
    this.cached = OptionalLong.of(read);
    this.written = OptionalLong.of(written);
    return this;
  }

  public CallFixture estimated() {
    this.estimated = true;
    return this;
  }

  public CallFixture implausible() {
    this.implausible = true;
    return this;
  }

  public CallFixture doubt(String word) {
    this.doubt = word;
    return this;
  }

  public CallFixture hiddenReasoning(long tokens) {
    this.hiddenReasoning = OptionalLong.of(tokens);
    return this;
  }

  /** How many tokens the first chunk had. */
  public CallFixture firstChunkTokens(long tokens) {
    this.firstChunk = OptionalLong.of(tokens);
    return this;
  }

  /** How many of the output tokens were the rest of a prediction. */
  public CallFixture rejected(long tokens) {
    this.rejected = OptionalLong.of(tokens);
    return this;
  }

  public CallFixture gaps(InterChunks gaps) {
    this.gaps = gaps;
    return this;
  }

  /** Chunks of the answer, the first after so many milliseconds, and the times between them. */
  public CallFixture chunks(double firstMillis, long... gapMicros) {
    this.gaps =
        InterChunks.of(Arrays.stream(gapMicros).map(gap -> gap * 1000).toArray(), stallNanos());
    this.chunks = gapMicros.length + 1;
    return streamed(firstMillis, firstMillis + Arrays.stream(gapMicros).sum() / 1e3);
  }

  private static long stallNanos() {
    return 1_000_000_000L;
  }

  public CallFixture interChunkMicros(Long... valuesAndCounts) {
    List<Long> micros = List.of(valuesAndCounts);
    long longest = micros.get(micros.size() - 2) * 1000;
    this.gaps = new InterChunks(micros, OptionalLong.of(longest), 0, 0);
    int count = 1;
    for (int i = 1; i < micros.size(); i += 2) {
      count += micros.get(i).intValue();
    }
    this.chunks = count;
    return this;
  }

  public CallFixture served(int status, String requestId, String region, String finishReason) {
    this.service =
        new Service(
            status,
            requestId,
            region,
            finishReason,
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalDouble.empty());
    return this;
  }

  /** Who served it, as the response said. */
  public CallFixture servedBy(CallRecord.Served by) {
    this.served = by;
    return this;
  }

  /** The connection it was sent on. */
  public CallFixture on(CallRecord.Connection used) {
    this.connection = used;
    return this;
  }

  /** What the last response's headers said. */
  public CallFixture quota(long remainingRequests, long remainingTokens, double utilization) {
    this.service =
        new Service(
            service.status(),
            service.requestId(),
            service.region(),
            service.finishReason(),
            OptionalLong.of(remainingRequests),
            OptionalLong.of(remainingTokens),
            OptionalLong.empty(),
            OptionalDouble.empty());
    this.utilization = OptionalDouble.of(utilization);
    return this;
  }

  public CallFixture attempt(Outcome outcome) {
    List<Attempt> longer = new ArrayList<>(attempts);
    longer.add(new Attempt(0, 0, 0, outcome, 0));
    this.attempts = List.copyOf(longer);
    return this;
  }

  public CallFixture provider(String provider) {
    this.provider = provider;
    return this;
  }

  /** Handed over by a provisioned deployment, which was full, to this one. */
  public CallFixture spilledTo(String deployment) {
    this.served =
        new CallRecord.Served(
            served.model(), served.tier(), "", OptionalLong.empty(), deployment, model, "429");
    return this;
  }

  /** The model and the tier that the answer names. */
  public CallFixture servedBy(String servedModel, String tier) {
    this.served = new CallRecord.Served(servedModel, tier, "", OptionalLong.empty());
    return this;
  }

  public CallFixture model(String model) {
    this.model = model;
    return this;
  }

  public CallFixture model(String model, int maxTokens) {
    this.model = model;
    this.maxTokens = OptionalInt.of(maxTokens);
    return this;
  }

  public CallFixture notStreaming() {
    this.streaming = false;
    return this;
  }

  public CallFixture utilization(double percent) {
    this.utilization = OptionalDouble.of(percent);
    return this;
  }

  public CallFixture lateEvents(int events) {
    this.lateEvents = events;
    return this;
  }

  /** When the client was to cancel it, in milliseconds after the start. */
  public CallFixture toCancel(double afterMillis) {
    this.cancel = new CancelPlan(OptionalLong.of(nanos(afterMillis)), OptionalLong.empty());
    return this;
  }

  /** When the client was to cancel it, in milliseconds after the first token. */
  public CallFixture toCancelAfterFirstToken(double afterMillis) {
    this.cancel = new CancelPlan(OptionalLong.empty(), OptionalLong.of(nanos(afterMillis)));
    return this;
  }

  /** The client cancelled it as planned; its tokens are those until then. */
  public CallFixture cancelled() {
    this.outcome = Outcome.CANCELLED;
    this.partial = output.isPresent();
    return this;
  }

  public CallRecord record() {
    CallRecord whole =
        new CallRecord(
            id,
            name,
            groups,
            labels,
            provider,
            model,
            streaming,
            outcome,
            error,
            detail,
            new Times(arrival, start, OptionalLong.empty(), first, visible, last, end),
            new Tokens(
                requestedInput,
                maxTokens,
                input,
                cached,
                written,
                output,
                reasoning,
                estimated,
                implausible,
                doubt,
                hiddenReasoning,
                firstChunk,
                rejected),
            chunks,
            gaps,
            withUtilization(),
            served,
            connection,
            attempts,
            "",
            lateEvents,
            Content.NONE);
    return whole.withCancel(cancel, partial);
  }

  private Service withUtilization() {
    return new Service(
        service.status(),
        service.requestId(),
        service.region(),
        service.finishReason(),
        service.remainingRequests(),
        service.remainingTokens(),
        service.retryAfterMillis(),
        utilization);
  }

  private static long nanos(double millis) {
    return Math.round(millis * 1e6);
  }
}
