package dev.gatlingllm.gatling.call;

import dev.gatlingllm.config.CancelConfig;
import dev.gatlingllm.config.RequestConfig;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A call before it is known for which user: every part that may differ is a function of the
 * session.
 *
 * @param name the call's name in reports
 * @param prompts the conversation
 * @param steps what makes the request of it, one after the other; each under the name of the part
 *     of the request that it sets
 * @param contextTokens the size the prompt is built to, for the record
 * @param labels what the call is to be told apart by; one with an empty value is left out
 * @param checks what the answer must fulfil
 * @param target the name of the target that the call goes to, where the run has several
 * @param cancel which calls the client cancels
 * @param over the HTTP request that the call is, instead of one by the provider's SDK
 * @param draw applied first: what it puts into the session, all other parts see, and no later call
 * @param dialogue how it goes on with a conversation of its user, and when
 */
public record CallTemplate(
    Function<Session, String> name,
    Function<Session, List<Message>> prompts,
    Map<String, Step> steps,
    Optional<Function<Session, Integer>> contextTokens,
    Map<String, Function<Session, String>> labels,
    List<CheckBuilder> checks,
    Optional<Function<Session, String>> target,
    CancelConfig.OfAction cancel,
    Optional<OverHttp> over,
    UnaryOperator<Session> draw,
    Dialogue dialogue) {

  /** The part that is a whole request. */
  public static final String REQUEST = "request";

  /** Sets one part of a request. */
  @FunctionalInterface
  public interface Step {

    /** The request with this part. */
    LlmRequest apply(Session session, LlmRequest request);
  }

  /** Keeps the collections as they are now, in their order. */
  public CallTemplate {
    steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    checks = List.copyOf(checks);
  }

  /** A call of this name with nothing else. */
  public static CallTemplate named(Function<Session, String> name) {
    return new CallTemplate(
        name,
        session -> {
          throw new NoPromptException();
        },
        Map.of(),
        Optional.empty(),
        Map.of(),
        List.of(),
        Optional.empty(),
        CancelConfig.OfAction.NONE,
        Optional.empty(),
        UnaryOperator.identity(),
        Dialogue.NONE);
  }

  public CallTemplate withPrompts(Function<Session, List<Message>> newPrompts) {
    return new CallTemplate(
        name,
        newPrompts,
        steps,
        contextTokens,
        labels,
        checks,
        target,
        cancel,
        over,
        draw,
        dialogue);
  }

  /** This template with a step, in place of the one that set the same part. */
  public CallTemplate withStep(String part, Step step) {
    Map<String, Step> all = new LinkedHashMap<>(steps);
    all.put(part, step);
    return new CallTemplate(
        name, prompts, all, contextTokens, labels, checks, target, cancel, over, draw, dialogue);
  }

  /** This template with a step before all others. */
  public CallTemplate withFirstStep(String part, Step step) {
    Map<String, Step> all = new LinkedHashMap<>();
    all.put(part, step);
    steps.forEach(all::putIfAbsent);
    return new CallTemplate(
        name, prompts, all, contextTokens, labels, checks, target, cancel, over, draw, dialogue);
  }

  public CallTemplate withContextTokens(Function<Session, Integer> tokens) {
    return new CallTemplate(
        name,
        prompts,
        steps,
        Optional.of(tokens),
        labels,
        checks,
        target,
        cancel,
        over,
        draw,
        dialogue);
  }

  public CallTemplate withLabel(String key, Function<Session, String> value) {
    Map<String, Function<Session, String>> all = new LinkedHashMap<>(labels);
    all.put(key, value);
    return new CallTemplate(
        name, prompts, steps, contextTokens, all, checks, target, cancel, over, draw, dialogue);
  }

  public CallTemplate withChecks(List<CheckBuilder> more) {
    List<CheckBuilder> all = new ArrayList<>(checks);
    all.addAll(more);
    return new CallTemplate(
        name, prompts, steps, contextTokens, labels, all, target, cancel, over, draw, dialogue);
  }

  public CallTemplate withOver(OverHttp http) {
    return new CallTemplate(
        name,
        prompts,
        steps,
        contextTokens,
        labels,
        checks,
        target,
        cancel,
        Optional.of(http),
        draw,
        dialogue);
  }

  public CallTemplate withTarget(Function<Session, String> newTarget) {
    return new CallTemplate(
        name,
        prompts,
        steps,
        contextTokens,
        labels,
        checks,
        Optional.of(newTarget),
        cancel,
        over,
        draw,
        dialogue);
  }

  public CallTemplate withCancel(CancelConfig.OfAction newCancel) {
    return new CallTemplate(
        name,
        prompts,
        steps,
        contextTokens,
        labels,
        checks,
        target,
        newCancel,
        over,
        draw,
        dialogue);
  }

  /** This template, whose other parts see what this puts into the session. */
  public CallTemplate withDraw(UnaryOperator<Session> newDraw) {
    return new CallTemplate(
        name,
        prompts,
        steps,
        contextTokens,
        labels,
        checks,
        target,
        cancel,
        over,
        newDraw,
        dialogue);
  }

  public CallTemplate withDialogue(Dialogue newDialogue) {
    return new CallTemplate(
        name,
        prompts,
        steps,
        contextTokens,
        labels,
        checks,
        target,
        cancel,
        over,
        draw,
        newDialogue);
  }

  /** A call made ready for one user. */
  public record Prepared(
      String name,
      LlmRequest request,
      OptionalInt contextTokens,
      Map<String, String> labels,
      Optional<String> target,
      Optional<DialogueTurn> turn,
      Optional<Duration> thinkTime) {

    /** This with another request. */
    public Prepared with(LlmRequest newRequest) {
      return new Prepared(name, newRequest, contextTokens, labels, target, turn, thinkTime);
    }
  }

  /**
   * Asks every function for its value.
   *
   * @param defaults what the request asks for where the template does not say
   * @throws CallPartException naming the part whose function failed, or whose value is wrong
   */
  public Prepared prepare(Session user, RequestConfig defaults) {
    Session session = part("draw", () -> draw.apply(user));
    Map<String, String> labelValues = new LinkedHashMap<>();
    labels.forEach(
        (key, value) -> {
          String text = part("label " + key, () -> value.apply(session));
          if (!text.isEmpty()) {
            labelValues.put(key, text);
          }
        });
    List<Message> sent = part("prompt", () -> dialogue.messages(session, prompts.apply(session)));
    LlmRequest request = part("prompt", () -> defaults.request(sent));
    for (Map.Entry<String, Step> step : steps.entrySet()) {
      LlmRequest before = request;
      request = part(step.getKey(), () -> step.getValue().apply(session, before));
      if (step.getKey().equals(REQUEST) && dialogue.history().isPresent()) {
        // It says what is new; what was said before is part of the conversation.
        request = request.withMessages(before.messages());
      }
    }
    LlmRequest whole = request;
    return new Prepared(
        part("name", () -> name.apply(session)),
        part("history", () -> dialogue.continued(session, whole, sent.size())),
        contextTokens
            .map(f -> OptionalInt.of(part("contextTokens", () -> f.apply(session))))
            .orElse(OptionalInt.empty()),
        labelValues,
        target.map(one -> part("target", () -> one.apply(session))),
        part("history", () -> dialogue.turn(session, whole, sent.size())),
        dialogue.thinkTime().map(time -> part("thinkTime", () -> time.apply(session))));
  }

  private static <T> T part(String name, Supplier<T> value) {
    try {
      return value.get();
    } catch (OutOfMemoryError e) {
      // the run must see it as it is
      throw e;
    } catch (Throwable e) {
      throw new CallPartException(name, e);
    }
  }
}
