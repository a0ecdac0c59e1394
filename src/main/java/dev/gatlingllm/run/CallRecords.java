package dev.gatlingllm.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.live.RunClock;
import dev.gatlingllm.prompt.Tokenizer;
import dev.gatlingllm.provider.ConnectionUse;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.ResponseHead;
import dev.gatlingllm.provider.Served;
import dev.gatlingllm.provider.ServingDeployment;
import dev.gatlingllm.provider.TokenUsage;
import dev.gatlingllm.record.Attempt;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CancelPlan;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.VisibleJson;
import dev.gatlingllm.secret.RecentPrompts;
import dev.gatlingllm.secret.Redaction;
import dev.gatlingllm.stats.CacheUse;
import dev.gatlingllm.timing.CallTimeline;
import java.util.HashMap;
import java.util.List;
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

  /**
   * Who made the call.
   *
   * @param id its number
   * @param name its name
   * @param groups the groups around it
   * @param labels its labels, by which reports group calls
   * @param model the model it asks
   * @param contextTokens the size its prompt was built to
   * @param cancel when the client is to cancel it
   * @param turn its place in a session
   */
  public record Caller(
      long id,
      String name,
      List<String> groups,
      Map<String, String> labels,
      String model,
      OptionalInt contextTokens,
      CancelPlan cancel,
      CallRecord.Turn turn) {

    /** Who makes a call whose answer the client waits for, and that is in no session. */
    public Caller(
        long id,
        String name,
        List<String> groups,
        Map<String, String> labels,
        String model,
        OptionalInt contextTokens) {
      this(id, name, groups, labels, model, contextTokens, CancelPlan.NONE, CallRecord.Turn.NONE);
    }
  }

  /** The same of calls that another provider gets. */
  public CallRecords of(String otherProvider) {
    return otherProvider.equals(provider)
        ? this
        : new CallRecords(clock, otherProvider, settings, tokenizer);
  }

  /**
   * Hides the texts of this request in all that is written from now on, unless content is recorded.
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

  /** Whether the record of this call needs the tokenizer, which may take long. */
  public boolean takesTokenizer(CallResult result) {
    return switch (result.outcome()) {
      case SUCCEEDED -> BelievedUsage.of(result).usage().output().isEmpty();
      // Whatever the service has counted by then is no count of what came.
      case CANCELLED -> result.answer().chars() + result.reasoning().chars() > 0;
      default -> false;
    };
  }

  /** The record of a call that was sent. May count tokens: see {@link #takesTokenizer}. */
  public CallRecord of(Caller caller, LlmRequest request, CallResult result) {
    return record(
        caller, request, result, result.outcome(), result.error(), tokens(caller, request, result));
  }

  /** As the other record, with the provider's own token counts only. */
  public CallRecord withoutTokenizer(Caller caller, LlmRequest request, CallResult result) {
    return record(
        caller,
        request,
        result,
        result.outcome(),
        result.error(),
        reported(caller, request, result));
  }

  /** The record of a call that ended, and was then failed by the code around it. */
  public CallRecord crashed(
      Caller caller, LlmRequest request, CallResult result, Throwable cause, String where) {
    return record(
        caller,
        request,
        result,
        Outcome.CRASHED,
        crashText(cause, where),
        reported(caller, request, result));
  }

  /**
   * The error of a call that failed in our code or a user's.
   *
   * @param where in which part of the call's end, such as {@code check}; may be empty
   */
  public static String crashText(Throwable cause, String where) {
    String text = "crashed: " + cause.getClass().getSimpleName();
    return where.isEmpty() ? text : text + " in the " + where;
  }

  private CallRecord record(
      Caller caller,
      LlmRequest request,
      CallResult result,
      Outcome outcome,
      String error,
      CallRecord.Tokens tokens) {
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
        outcome,
        texts.shown(error),
        shortened(texts.shown(result.errorDetail())),
        CallRecord.Times.of(timeline, clock.originNanos()),
        tokens.withFirstChunk(FirstChunk.tokens(result, tokens)),
        timeline.chunks(),
        interChunks(timeline),
        service(result.head(), result.finishReason(), texts),
        served(result, texts),
        connection(result.connection()),
        result.attempts().stream().map(this::attempt).toList(),
        request.headers().traceId(),
        0,
        settings.content() ? content(request, result.answer()) : CallRecord.Content.NONE,
        caller.cancel(),
        outcome == Outcome.CANCELLED && tokens.output().isPresent(),
        caller.turn());
  }

  private CallRecord.InterChunks interChunks(CallTimeline timeline) {
    long stall = settings.stallThreshold().toNanos();
    CallRecord.InterChunks interChunks =
        CallRecord.InterChunks.of(timeline.interChunkNanos(), stall);
    return timeline.furtherInterChunks().isEmpty()
        ? interChunks
        : interChunks.and(timeline.furtherInterChunks(), stall);
  }

  private static CallRecord.Content content(LlmRequest request, CallResult.Text answer) {
    return new CallRecord.Content(
        conversation(request), answer.kept(), OptionalLong.of(answer.chars()));
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

  /** The record of a call that was not sent: its arrival was dropped, or it could not be built. */
  public CallRecord unsent(
      Caller caller,
      long arrivalNanos,
      long nowNanos,
      Outcome outcome,
      String error,
      String detail) {
    CallTimeline timeline = new CallTimeline(arrivalNanos);
    timeline.ended(nowNanos);
    return new CallRecord(
        caller.id(),
        caller.name(),
        caller.groups(),
        caller.labels(),
        provider,
        caller.model(),
        true,
        outcome,
        Redaction.line(error),
        shortened(Redaction.line(detail)),
        CallRecord.Times.of(timeline, clock.originNanos()),
        CallRecord.Tokens.NONE,
        0,
        CallRecord.InterChunks.NONE,
        CallRecord.Service.NONE,
        CallRecord.Served.UNKNOWN,
        CallRecord.Connection.UNKNOWN,
        List.of(),
        "",
        0,
        CallRecord.Content.NONE,
        caller.cancel(),
        false,
        caller.turn());
  }

  private CallRecord.Tokens tokens(Caller caller, LlmRequest request, CallResult result) {
    BelievedUsage believed = BelievedUsage.of(result);
    TokenUsage usage = believed.usage();
    if (!takesTokenizer(result)) {
      return reported(caller, request, result);
    }
    return new CallRecord.Tokens(
        caller.contextTokens(),
        request.maxTokens(),
        usage.input().isEmpty()
            ? OptionalLong.of(believed(tokenizer.countMessages(request.messages())))
            : usage.input(),
        usage.cachedInput(),
        usage.cacheWrite(),
        estimate(result),
        usage.reasoning(),
        true,
        result.usage().implausible(),
        believed.doubt(),
        // The estimate is of what was streamed: none of it is to be left out.
        usage.reasoning().isPresent() ? OptionalLong.of(0) : OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }

  /**
   * Assumes that the missing part of a text has as many tokens per character as the kept part.
   * Absent for output without text, such as an image.
   */
  private OptionalLong estimate(CallResult result) {
    String kept = result.reasoning().kept() + result.answer().kept();
    long chars = result.reasoning().chars() + result.answer().chars();
    if (chars == 0) {
      return OptionalLong.empty();
    }
    long tokens = believed(tokenizer.countText(kept));
    return OptionalLong.of(
        kept.length() == chars ? tokens : Math.round((double) tokens / kept.length() * chars));
  }

  private static long believed(long counted) {
    if (counted < 0 || counted > TokenUsage.MOST_PLAUSIBLE) {
      throw new IllegalStateException("the tokenizer counted " + counted + " tokens");
    }
    return counted;
  }

  private static CallRecord.Tokens reported(Caller caller, LlmRequest request, CallResult result) {
    BelievedUsage believed = BelievedUsage.of(result);
    TokenUsage usage = believed.usage();
    return new CallRecord.Tokens(
        caller.contextTokens(),
        request.maxTokens(),
        usage.input(),
        usage.cachedInput(),
        usage.cacheWrite(),
        result.outcome() == Outcome.CANCELLED ? OptionalLong.empty() : usage.output(),
        usage.reasoning(),
        false,
        result.usage().implausible(),
        believed.doubt(),
        believed.hiddenReasoning(result),
        OptionalLong.empty(),
        usage.rejected());
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

  private static CallRecord.Served served(CallResult result, ServiceTexts texts) {
    Served served = result.served();
    ServingDeployment deployment = result.head().deployment();
    return new CallRecord.Served(
        texts.shown(served.model()),
        texts.shown(served.tier()),
        texts.shown(served.latencyMode()),
        served.serviceMillis(),
        texts.shown(deployment.name()),
        texts.shown(deployment.spilledFrom()),
        texts.shown(deployment.spilloverError()));
  }

  private static CallRecord.Connection connection(ConnectionUse use) {
    return new CallRecord.Connection(use.reused(), use.tcpNanos(), use.tlsNanos());
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
    ArrayNode messages = VisibleJson.mapper().createArrayNode();
    for (Message message : request.messages()) {
      messages.addObject().put("role", message.role().word()).put("content", message.text());
    }
    return messages.toString();
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_DETAIL ? text : text.substring(0, LONGEST_DETAIL) + "…";
  }
}
