package dev.gatlingllm.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.ResponseHead;
import dev.gatlingllm.provider.TokenUsage;
import dev.gatlingllm.record.Attempt;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.secret.Gate;
import dev.gatlingllm.secret.RecentPrompts;
import dev.gatlingllm.stats.CacheUse;
import dev.gatlingllm.timing.CallTimeline;
import dev.gatlingllm.workload.Tokenizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Makes the record of a call from what is known about it.
 *
 * @param clock the clock of the run
 * @param provider the provider's name
 * @param settings what is kept
 * @param tokenizer counts tokens where the provider does not
 */
public record CallRecords(
    RunClock clock, String provider, LlmConfig.Recording settings, Tokenizer tokenizer) {

  private static final int LONGEST_DETAIL = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Who made the call.
   *
   * @param id its number
   * @param name its name
   * @param groups the groups around it
   * @param labels what it is to be told apart by
   * @param model the model it asks
   * @param contextTokens the size its prompt was built to
   */
  public record Caller(
      long id,
      String name,
      List<String> groups,
      Map<String, String> labels,
      String model,
      OptionalInt contextTokens) {}

  /**
   * A call is about to be made of this request: nothing that is written repeats it from now on,
   * unless content is recorded.
   */
  public void remember(LlmRequest request) {
    if (!settings.content()) {
      RecentPrompts.ofProcess().add(SentTexts.of(request));
    }
  }

  /** As {@link #remember(LlmRequest)}, of the body of a request over HTTP. */
  public void remember(String body) {
    if (!settings.content()) {
      RecentPrompts.ofProcess().add(List.of(body));
    }
  }

  /** The record of a call that was sent. */
  public CallRecord of(Caller caller, LlmRequest request, CallResult result) {
    CallTimeline timeline = result.timeline();
    ServiceTexts texts = ServiceTexts.of(request, result.outcome(), settings.content());
    return new CallRecord(
        caller.id(),
        caller.name(),
        caller.groups(),
        labels(caller, result.usage()),
        provider,
        caller.model(),
        request.streaming(),
        result.outcome(),
        texts.shown(result.error()),
        shortened(texts.shown(result.errorDetail())),
        times(timeline),
        tokens(caller, request, result),
        timeline.chunks(),
        CallRecord.Gaps.of(timeline.gapNanos(), settings.stallThreshold().toNanos()),
        service(result.head(), result.finishReason(), texts),
        result.attempts().stream().map(this::attempt).toList(),
        0,
        settings.content()
            ? new CallRecord.Content(conversation(request), result.answer())
            : CallRecord.Content.NONE);
  }

  /** A call whose usage says nothing of a cache has no such label. */
  private Map<String, String> labels(Caller caller, TokenUsage usage) {
    boolean told = usage.cachedInput().isPresent() || usage.cacheWrite().isPresent();
    if (!told || !settings.labelCache().equals("on")) {
      return caller.labels();
    }
    Map<String, String> labels = new HashMap<>(caller.labels());
    String miss = usage.cacheWrite().orElse(0) > 0 ? "write" : "miss";
    labels.put(CacheUse.LABEL, usage.cachedInput().orElse(0) > 0 ? "hit" : miss);
    return labels;
  }

  /** The record of a call that was not sent: its arrival was missed, or it could not be built. */
  public CallRecord unsent(
      Caller caller,
      long arrivalNanos,
      long nowNanos,
      Outcome outcome,
      String error,
      String detail) {
    return new CallRecord(
        caller.id(),
        caller.name(),
        caller.groups(),
        caller.labels(),
        provider,
        caller.model(),
        true,
        outcome,
        Gate.line(error),
        shortened(Gate.line(detail)),
        new CallRecord.Times(
            clock.sinceStart(arrivalNanos),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            clock.sinceStart(nowNanos)),
        CallRecord.Tokens.NONE,
        0,
        CallRecord.Gaps.NONE,
        CallRecord.Service.NONE,
        List.of(),
        0,
        CallRecord.Content.NONE);
  }

  private CallRecord.Times times(CallTimeline timeline) {
    return new CallRecord.Times(
        clock.sinceStart(timeline.arrival()),
        since(timeline.start()),
        since(timeline.head()),
        since(timeline.firstOutput()),
        since(timeline.firstVisible()),
        since(timeline.lastOutput()),
        clock.sinceStart(timeline.end().orElse(timeline.arrival())));
  }

  private OptionalLong since(OptionalLong nanos) {
    return nanos.isPresent()
        ? OptionalLong.of(clock.sinceStart(nanos.getAsLong()))
        : OptionalLong.empty();
  }

  private CallRecord.Tokens tokens(Caller caller, LlmRequest request, CallResult result) {
    TokenUsage usage = result.usage();
    boolean estimate = result.outcome() == Outcome.SUCCEEDED && usage.output().isEmpty();
    return new CallRecord.Tokens(
        caller.contextTokens(),
        request.maxTokens(),
        estimate && usage.input().isEmpty()
            ? OptionalLong.of(tokenizer.countMessages(request.messages()))
            : usage.input(),
        usage.cachedInput(),
        usage.cacheWrite(),
        estimate
            ? OptionalLong.of(tokenizer.countText(result.reasoning() + result.answer()))
            : usage.output(),
        usage.reasoning(),
        estimate);
  }

  private static CallRecord.Service service(
      ResponseHead head, String finishReason, ServiceTexts texts) {
    return new CallRecord.Service(
        head.status(),
        texts.shown(head.requestId()),
        texts.shown(head.region()),
        texts.shown(finishReason),
        head.remainingRequests(),
        head.remainingTokens(),
        head.retryAfterMillis(),
        head.utilizationPercent());
  }

  private Attempt attempt(CallResult.AttemptTimes attempt) {
    return new Attempt(
        clock.sinceStart(attempt.startNanos()),
        clock.sinceStart(attempt.endNanos()),
        attempt.status(),
        attempt.outcome(),
        attempt.pauseNanos());
  }

  private static String conversation(LlmRequest request) {
    ArrayNode messages = JSON.createArrayNode();
    for (Message message : request.messages()) {
      messages
          .addObject()
          .put("role", message.role().name().toLowerCase(Locale.ROOT))
          .put("content", message.text());
    }
    return messages.toString();
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_DETAIL ? text : text.substring(0, LONGEST_DETAIL) + "…";
  }
}
