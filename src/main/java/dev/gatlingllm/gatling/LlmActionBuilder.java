package dev.gatlingllm.gatling;

import dev.gatlingllm.config.CancelConfig;
import dev.gatlingllm.gatling.call.CallTemplate;
import dev.gatlingllm.gatling.call.Dialogue;
import dev.gatlingllm.gatling.call.OverHttp;
import dev.gatlingllm.gatling.engine.LlmActions;
import dev.gatlingllm.input.TraceFile;
import dev.gatlingllm.prompt.ShapeProfile;
import dev.gatlingllm.provider.Attachment;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.OwnHeaders;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.Parameters;
import dev.gatlingllm.provider.Trace;
import dev.gatlingllm.secret.SecretNames;
import dev.gatlingllm.size.CallSizes;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Builds one call to a model. What it does not say, {@code llm.request} may. Immutable: every
 * method returns a new builder and leaves this one as it is. Functions of the session are called on
 * a thread of their own kind, not on an event loop, and possibly for many users at the same time.
 */
public final class LlmActionBuilder implements ActionBuilder {

  /** Begins the names of the parts that set a header. */
  private static final String HEADER = "header ";

  private static final Pattern EXPRESSION = Pattern.compile("[#$]\\{[^}]+}");

  private final CallTemplate template;

  private LlmActionBuilder(CallTemplate template) {
    this.template = template;
  }

  /** A call of this name; see {@link dev.gatlingllm.LlmDsl#llm(String)}. */
  public static LlmActionBuilder named(Function<Session, String> name) {
    return new LlmActionBuilder(CallTemplate.named(name));
  }

  /** What the user asks, expressed as a Gatling Expression Language String. */
  public LlmActionBuilder prompt(String prompt) {
    return prompt(LlmActions.el(prompt));
  }

  /** What the user asks, expressed as a function. */
  public LlmActionBuilder prompt(Function<Session, String> prompt) {
    return messages(session -> List.of(Message.user(prompt.apply(session))));
  }

  /** The whole conversation, expressed as a function; replaces {@code prompt}. */
  public LlmActionBuilder messages(Function<Session, List<Message>> messages) {
    return new LlmActionBuilder(template.withPrompts(messages));
  }

  /** The whole conversation; replaces {@code prompt}. */
  public LlmActionBuilder messages(List<Message> messages) {
    List<Message> copy = List.copyOf(messages);
    return messages(session -> copy);
  }

  /**
   * The call is a turn of a conversation that its user holds: all that was said under this name so
   * far goes before what the call says itself, and question and answer are kept for the next turn.
   * What stands in the session is text in memory alone. A call that fails, or whose check does,
   * breaks the conversation off: further turns of it are not sent, until {@link
   * dev.gatlingllm.LlmDsl#newConversation}.
   *
   * <pre>{@code
   * scenario("talk")
   *     .exec(llm("chat").history("talk").user("Name three rivers."))
   *     .exec(llm("chat").history("talk").user("Which is the longest?").thinkTime(ofSeconds(3)))
   * }</pre>
   *
   * @param name of the conversation, of which a user may hold several
   */
  public LlmActionBuilder history(String name) {
    return new LlmActionBuilder(template.withDialogue(template.dialogue().withHistory(name)));
  }

  /** What the user says in this turn, as a Gatling EL: {@link #prompt(String)} by another name. */
  public LlmActionBuilder user(String text) {
    return prompt(text);
  }

  /** What the user says in this turn, expressed as a function. */
  public LlmActionBuilder user(Function<Session, String> text) {
    return prompt(text);
  }

  /**
   * How long the user thinks from the end of the last answer to this call: its intended start, from
   * which its schedule delay is counted. No time without a call before. Not counted as a delay of
   * the client.
   */
  public LlmActionBuilder thinkTime(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("thinkTime must be 0 or more, was " + time);
    }
    return thinkTime(session -> time);
  }

  /** How long the user thinks, expressed as a function. */
  public LlmActionBuilder thinkTime(Function<Session, Duration> time) {
    return new LlmActionBuilder(template.withDialogue(template.dialogue().withThinkTime(time)));
  }

  /**
   * How many turns the conversation of {@link #history} is to have, expressed as a function: so
   * that the report knows which ended whole. 0: not known.
   */
  public LlmActionBuilder turns(Function<Session, Integer> turns) {
    return new LlmActionBuilder(template.withDialogue(template.dialogue().withTurns(turns)));
  }

  /**
   * The answer that was recorded for this turn, expressed as a function: goes into the history in
   * place of the service's own if it is preferred, or if that has no text.
   */
  public LlmActionBuilder recordedAnswer(Function<Session, Dialogue.Recorded> answer) {
    return new LlmActionBuilder(template.withDialogue(template.dialogue().withRecorded(answer)));
  }

  /**
   * Each turn asks the service to keep the conversation so far in its prompt cache: a cache point
   * at its end and at that of the turn before. For Anthropic's Messages and Bedrock's Converse;
   * other APIs cache by themselves, and refuse it.
   */
  public LlmActionBuilder cachePoints() {
    return new LlmActionBuilder(template.withDialogue(template.dialogue().withCachePoints()));
  }

  /**
   * The service keeps the conversation: a turn sends what is new and the id of the answer before
   * ({@code previous_response_id}). For the Responses API only; where an answer has no id, all is
   * sent.
   */
  public LlmActionBuilder storedByService() {
    return new LlmActionBuilder(template.withDialogue(template.dialogue().withStored()));
  }

  /** Parameters of the request, expressed as a function, before those of {@code llm.request}. */
  public LlmActionBuilder parameters(Function<Session, Parameters> parameters) {
    return parameters("parameters", (before, session) -> parameters.apply(session).orElse(before));
  }

  /**
   * The whole request, expressed as a function; what it does not ask for, {@code llm.request} may.
   * Parts that are set beside it take the place of its own.
   */
  public LlmActionBuilder request(Function<Session, LlmRequest> request) {
    LlmActionBuilder whole = messages(session -> request.apply(session).messages());
    return new LlmActionBuilder(
        whole.template.withFirstStep(
            CallTemplate.REQUEST, (session, defaults) -> request.apply(session).orElse(defaults)));
  }

  /** The system prompt, expressed as a Gatling Expression Language String. */
  public LlmActionBuilder systemPrompt(String system) {
    return systemPrompt(LlmActions.el(system));
  }

  /** The system prompt, expressed as a function. */
  public LlmActionBuilder systemPrompt(Function<Session, String> system) {
    return step(
        "system",
        (session, request) -> {
          List<Message> all = new ArrayList<>(request.messages().size() + 1);
          all.add(Message.system(system.apply(session)));
          all.addAll(request.messages());
          return request.withMessages(all);
        });
  }

  /**
   * Files that go with the last message of the user, beside those of {@code
   * llm.request.attachments}. Read now.
   *
   * @throws IllegalArgumentException if one cannot be read or is not what its name says
   */
  public LlmActionBuilder attach(Path... files) {
    List<Attachment> attachments = Stream.of(files).map(Attachment::read).toList();
    return attach(session -> attachments);
  }

  /** Files that go with the last message of the user, expressed as a function. */
  public LlmActionBuilder attach(Function<Session, List<Attachment>> attachments) {
    return step(
        "attachments",
        (session, request) ->
            request.withMessages(Message.attach(request.messages(), attachments.apply(session))));
  }

  /** A new prompt of the shape's input size for every call, and its bound on the output. */
  public LlmActionBuilder shape(Prompts prompts, ShapeProfile shape) {
    return messages(session -> prompts.next(shape.contextTokens(), shape.maxTokens()))
        .contextTokens(session -> shape.contextTokens())
        .maxTokens(shape.maxTokens());
  }

  /**
   * A new prompt for every call, and a bound on its output, of drawn sizes; where they are of
   * several shapes, the name of the call's is its label {@code shape}. An arrival of {@link
   * Arrivals} has the sizes of its number, any other call those of how many were drawn before it.
   */
  public LlmActionBuilder sizes(Prompts prompts, CallSizes sizes) {
    SizeDraw draw = new SizeDraw(prompts, sizes);
    LlmActionBuilder sized =
        new LlmActionBuilder(template.withDraw(draw))
            .messages(session -> prompts.of(SizeDraw.number(session), SizeDraw.of(session)))
            .contextTokens(session -> SizeDraw.of(session).contextTokens())
            .maxTokens(session -> SizeDraw.of(session).maxTokens());
    return sizes.isMix() ? sized.label("shape", session -> SizeDraw.of(session).shape()) : sized;
  }

  /** A new prompt for every call, of sizes that come from data. */
  public LlmActionBuilder sizes(
      Prompts prompts,
      Function<Session, Integer> contextTokens,
      Function<Session, Integer> maxTokens) {
    return messages(
            session ->
                prompts.nextOfAnySize(contextTokens.apply(session), maxTokens.apply(session)))
        .contextTokens(contextTokens)
        .maxTokens(maxTokens);
  }

  /** A new prompt for every call, of the sizes, and with the beginnings, that a trace's row has. */
  public LlmActionBuilder recorded(Prompts prompts, Function<Session, TraceFile.Row> row) {
    return messages(session -> prompts.next(row.apply(session), Arrivals.number(session)))
        .contextTokens(session -> row.apply(session).contextTokens())
        .maxTokens(session -> row.apply(session).generatedTokens());
  }

  /** The size in tokens that the prompt is built to; recorded beside the provider's own count. */
  public LlmActionBuilder contextTokens(Function<Session, Integer> tokens) {
    return new LlmActionBuilder(template.withContextTokens(tokens));
  }

  /** Upper bound of the output in tokens. */
  public LlmActionBuilder maxTokens(int tokens) {
    return number(Parameter.MAX_TOKENS, tokens);
  }

  /** Upper bound of the output in tokens, as a Gatling Expression Language String. */
  public LlmActionBuilder maxTokens(String tokens) {
    return number(Parameter.MAX_TOKENS, tokens, LlmActions::intEl);
  }

  /** Upper bound of the output in tokens, expressed as a function. */
  public LlmActionBuilder maxTokens(Function<Session, Integer> tokens) {
    return number(Parameter.MAX_TOKENS, tokens);
  }

  /** Sampling temperature, 0 to 2. */
  public LlmActionBuilder temperature(double temperature) {
    return number(Parameter.TEMPERATURE, temperature);
  }

  /** Sampling temperature, as a Gatling Expression Language String. */
  public LlmActionBuilder temperature(String temperature) {
    return number(Parameter.TEMPERATURE, temperature, LlmActions::doubleEl);
  }

  /** Sampling temperature, expressed as a function. */
  public LlmActionBuilder temperature(Function<Session, Double> temperature) {
    return number(Parameter.TEMPERATURE, temperature);
  }

  /** Nucleus sampling, 0 to 1. */
  public LlmActionBuilder topP(double topP) {
    return number(Parameter.TOP_P, topP);
  }

  /** Nucleus sampling, as a Gatling Expression Language String. */
  public LlmActionBuilder topP(String topP) {
    return number(Parameter.TOP_P, topP, LlmActions::doubleEl);
  }

  /** Nucleus sampling, expressed as a function. */
  public LlmActionBuilder topP(Function<Session, Double> topP) {
    return number(Parameter.TOP_P, topP);
  }

  /** Penalty for words that have been said, -2 to 2. */
  public LlmActionBuilder presencePenalty(double penalty) {
    return number(Parameter.PRESENCE_PENALTY, penalty);
  }

  /** Penalty for words that have been said, as a Gatling Expression Language String. */
  public LlmActionBuilder presencePenalty(String penalty) {
    return number(Parameter.PRESENCE_PENALTY, penalty, LlmActions::doubleEl);
  }

  /** Penalty for words by how often they have been said, -2 to 2. */
  public LlmActionBuilder frequencyPenalty(double penalty) {
    return number(Parameter.FREQUENCY_PENALTY, penalty);
  }

  /** Penalty for words by how often they have been said, as a Gatling EL. */
  public LlmActionBuilder frequencyPenalty(String penalty) {
    return number(Parameter.FREQUENCY_PENALTY, penalty, LlmActions::doubleEl);
  }

  /**
   * How many answers to one call, 1 to 128. The first output of any of them is the call's first
   * output; tokens are those of all.
   */
  public LlmActionBuilder n(int answers) {
    return number(Parameter.CHOICES, answers);
  }

  /** How many answers to one call, as a Gatling Expression Language String. */
  public LlmActionBuilder n(String answers) {
    return number(Parameter.CHOICES, answers, LlmActions::intEl);
  }

  /** How much the model is to think, one of {@link Parameters#EFFORTS}. */
  public LlmActionBuilder reasoningEffort(String effort) {
    if (isLiteral(effort)) {
      Parameters.requireEffort(effort);
    }
    Function<Session, String> el = LlmActions.el(effort);
    return parameters(
        "reasoningEffort",
        (parameters, session) -> parameters.withReasoningEffort(el.apply(session)));
  }

  /** Most tokens of thinking, for Anthropic's models on Bedrock. */
  public LlmActionBuilder thinkingBudget(int tokens) {
    return number(Parameter.THINKING_BUDGET, tokens);
  }

  /** Most tokens of thinking, as a Gatling Expression Language String. */
  public LlmActionBuilder thinkingBudget(String tokens) {
    return number(Parameter.THINKING_BUDGET, tokens, LlmActions::intEl);
  }

  /** Texts at which the model is to stop. */
  public LlmActionBuilder stop(String... sequences) {
    List<String> copy = List.of(sequences);
    return parameters("stop", (parameters, session) -> parameters.withStop(copy));
  }

  /** Sampling seed, where the provider has one. */
  public LlmActionBuilder seed(long seed) {
    return number(Parameter.SEED, seed);
  }

  /** Sampling seed, expressed as a function. */
  public LlmActionBuilder seed(Function<Session, Long> seed) {
    return number(Parameter.SEED, seed);
  }

  /**
   * Further fields of the request's body, merged at its top level ({@code
   * additionalModelRequestFields} on Bedrock's Converse) over those of {@code
   * llm.request.extraBody}.
   */
  public LlmActionBuilder extraBody(Map<String, Object> fields) {
    Map<String, Object> copy = Map.copyOf(fields);
    return extraBody(session -> copy);
  }

  /** Further fields of the request's body, expressed as a function. */
  public LlmActionBuilder extraBody(Function<Session, Map<String, Object>> fields) {
    return parameters(
        "extraBody",
        (parameters, session) ->
            Parameters.NONE.withExtraBody(fields.apply(session)).orElse(parameters));
  }

  /** Deployment, model or inference profile instead of the configured one, as a Gatling EL. */
  public LlmActionBuilder model(String model) {
    return model(LlmActions.el(model));
  }

  /** Deployment, model or inference profile, expressed as a function. */
  public LlmActionBuilder model(Function<Session, String> model) {
    return step("model", (session, request) -> request.withModel(model.apply(session)));
  }

  /** Region instead of the configured one, as a Gatling EL; Bedrock only. */
  public LlmActionBuilder region(String region) {
    return region(LlmActions.el(region));
  }

  /** Region, expressed as a function; Bedrock only. */
  public LlmActionBuilder region(Function<Session, String> region) {
    return step("region", (session, request) -> request.withRegion(region.apply(session)));
  }

  /**
   * Bedrock's {@code performanceConfig.latency} instead of {@code llm.bedrock.latency}, expressed
   * as a function: {@code standard}, {@code optimized} or an empty text to leave it out.
   */
  public LlmActionBuilder latencyMode(Function<Session, String> mode) {
    return step("latencyMode", (session, request) -> request.withLatencyMode(mode.apply(session)));
  }

  /**
   * A header of the request, as a Gatling EL, in place of one of the same name that the client or
   * {@code llm.request.headers} would send. An empty value leaves it out. A secret must not be
   * written here: the value comes from the session, or from a function that reads an environment
   * variable.
   *
   * @throws IllegalArgumentException if the name is not one of a header or is the client's to say,
   *     or the header, by its name, is a secret and {@code value} has no expression
   */
  public LlmActionBuilder header(String name, String value) {
    if (SecretNames.looksSecret(name) && isLiteral(value)) {
      throw new IllegalArgumentException(
          "header "
              + name
              + " is a secret, which must not be written into a simulation: take it from an"
              + " environment variable, as in header(\""
              + name
              + "\", session -> System.getenv(\"VARIABLE\"))");
    }
    return header(name, LlmActions.el(value));
  }

  /** A header of the request, expressed as a function. An empty value leaves it out. */
  public LlmActionBuilder header(String name, Function<Session, String> value) {
    OwnHeaders.checkName(name);
    return step(
        HEADER + name.toLowerCase(Locale.ROOT),
        (session, request) ->
            Optional.ofNullable(value.apply(session))
                .filter(text -> !text.isEmpty())
                .map(text -> request.withHeaders(request.headers().with(name, text)))
                .orElse(request));
  }

  /**
   * Each call begins a trace: every attempt has a header {@code traceparent} (W3C Trace Context,
   * version 00, sampled) with the trace's id and a parent id of its own, and the record of the call
   * has the former as {@code traceId}.
   */
  public LlmActionBuilder traceparent() {
    return step(
        HEADER + Trace.HEADER,
        (session, request) -> request.withHeaders(request.headers().with(Trace.begin())));
  }

  /** Adds a label by which calls are told apart in records, as a Gatling EL. */
  public LlmActionBuilder label(String key, String value) {
    return label(key, LlmActions.el(value));
  }

  /** Adds a label by which calls are told apart in records, expressed as a function. */
  public LlmActionBuilder label(String key, Function<Session, String> value) {
    return new LlmActionBuilder(template.withLabel(key, value));
  }

  /**
   * The target of the call, as a Gatling EL, where the run has several; without it, the target is
   * drawn by weight. A call to a name that no target has is not built.
   */
  public LlmActionBuilder target(String name) {
    return target(LlmActions.el(name));
  }

  /** The target of the call, expressed as a function. */
  public LlmActionBuilder target(Function<Session, String> name) {
    return new LlmActionBuilder(template.withTarget(name));
  }

  /**
   * The client cancels the call so long after its actual start, unless it ends before: every call,
   * or the share of {@link #cancelShare}. As {@code llm.cancel.after}, whose kind of delay holds
   * here too; what an action says of delays takes the place of both settings.
   */
  public LlmActionBuilder cancelAfter(Duration delay) {
    CancelConfig.OfAction cancel = template.cancel();
    return cancel(cancel.share(), Optional.of(delay), cancel.afterFirstToken());
  }

  /**
   * The client cancels the call so long after its first token: every call, or the share of {@link
   * #cancelShare}. Nothing for a call that does not stream. With {@link #cancelAfter} too,
   * whichever comes first.
   */
  public LlmActionBuilder cancelAfterFirstToken(Duration delay) {
    CancelConfig.OfAction cancel = template.cancel();
    return cancel(cancel.share(), cancel.after(), Optional.of(delay));
  }

  /**
   * The share of these calls, 0 to 1, that the client cancels, in place of {@code
   * llm.cancel.share}.
   */
  public LlmActionBuilder cancelShare(double share) {
    CancelConfig.OfAction cancel = template.cancel();
    return cancel(OptionalDouble.of(share), cancel.after(), cancel.afterFirstToken());
  }

  private LlmActionBuilder cancel(
      OptionalDouble share, Optional<Duration> after, Optional<Duration> afterFirstToken) {
    return new LlmActionBuilder(
        template.withCancel(new CancelConfig.OfAction(share, after, afterFirstToken)));
  }

  /** The answer comes in one piece: no time to first token, no tokens per second. */
  public LlmActionBuilder notStreaming() {
    return step("streaming", (session, request) -> request.withStreaming(false));
  }

  /**
   * The call is a request of Gatling's own HTTP DSL to an application instead of one to the model
   * by its provider's SDK; the prompt is for the record only. Streamed if the format is.
   */
  public LlmActionBuilder over(OverHttp http) {
    boolean streaming = http.format().streaming();
    return new LlmActionBuilder(template.withOver(http))
        .step("streaming", (session, request) -> request.withStreaming(streaming));
  }

  /** Adds checks of the answer: Gatling's body checks over its text, or those of the DSL. */
  public LlmActionBuilder check(CheckBuilder... checks) {
    return check(List.of(checks));
  }

  /** Adds checks of the answer. */
  public LlmActionBuilder check(List<CheckBuilder> checks) {
    LlmActions.refuseUnsupported(checks);
    return new LlmActionBuilder(template.withChecks(checks));
  }

  /** For internal use only. */
  @Override
  public io.gatling.core.action.builder.ActionBuilder asScala() {
    if (template.over().isPresent()
        && template.steps().keySet().stream().anyMatch(part -> part.startsWith(HEADER))) {
      throw new IllegalArgumentException(
          "a call over HTTP has the headers of its own request: http(…).header(name, value)");
    }
    if (template.over().isPresent() && template.dialogue().history().isPresent()) {
      throw new IllegalArgumentException(
          "a call over HTTP has no history: its own request says what goes with it");
    }
    return LlmActions.builder(template);
  }

  private LlmActionBuilder number(Parameter parameter, Function<Session, ? extends Number> value) {
    return step(
        parameter.key(), (session, request) -> request.with(parameter, value.apply(session)));
  }

  /** What is wrong with a text without an expression is so now as at any call. */
  private LlmActionBuilder number(
      Parameter parameter,
      String text,
      Function<String, Function<Session, ? extends Number>> expression) {
    return isLiteral(text)
        ? number(parameter, parameter.parse(text))
        : number(parameter, expression.apply(text));
  }

  private static boolean isLiteral(String text) {
    return !EXPRESSION.matcher(text).find();
  }

  private LlmActionBuilder number(Parameter parameter, Number value) {
    Number checked = parameter.check(value);
    return number(parameter, session -> checked);
  }

  private LlmActionBuilder parameters(
      String part, BiFunction<Parameters, Session, Parameters> change) {
    return step(
        part,
        (session, request) -> request.withParameters(change.apply(request.parameters(), session)));
  }

  private LlmActionBuilder step(String part, CallTemplate.Step step) {
    return new LlmActionBuilder(template.withStep(part, step));
  }
}
