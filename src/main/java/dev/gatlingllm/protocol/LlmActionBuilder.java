package dev.gatlingllm.protocol;

import dev.gatlingllm.protocol.engine.LlmActions;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.workload.ShapeProfile;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Builds one call to a model. Immutable: every method returns a new builder and leaves this one as
 * it is. Functions of the session are called on a thread of their own kind, not on an event loop,
 * and possibly for many users at the same time.
 */
public final class LlmActionBuilder implements ActionBuilder {

  private final CallTemplate template;

  private LlmActionBuilder(CallTemplate template) {
    this.template = template;
  }

  /** A call of this name; see {@link dev.gatlingllm.LlmDsl#llm(String)}. */
  public static LlmActionBuilder named(Function<Session, String> name) {
    return new LlmActionBuilder(
        new CallTemplate(
            name,
            Optional.empty(),
            session -> {
              throw new IllegalStateException("the call has neither prompt nor messages");
            },
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            true,
            List.of()));
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
    return change(parts -> parts.prompts = messages);
  }

  /** The whole conversation; replaces {@code prompt}. */
  public LlmActionBuilder messages(List<Message> messages) {
    List<Message> copy = List.copyOf(messages);
    return messages(session -> copy);
  }

  /** The system prompt, expressed as a Gatling Expression Language String. */
  public LlmActionBuilder systemPrompt(String system) {
    return systemPrompt(LlmActions.el(system));
  }

  /** The system prompt, expressed as a function. */
  public LlmActionBuilder systemPrompt(Function<Session, String> system) {
    return change(parts -> parts.system = Optional.of(system));
  }

  /** A new prompt of the shape's input size for every call, and its bound on the output. */
  public LlmActionBuilder shape(Prompts prompts, ShapeProfile shape) {
    return messages(session -> prompts.next(shape.contextTokens(), shape.maxTokens()))
        .contextTokens(session -> shape.contextTokens())
        .maxTokens(shape.maxTokens());
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

  /** The size in tokens that the prompt is built to; recorded beside the provider's own count. */
  public LlmActionBuilder contextTokens(Function<Session, Integer> tokens) {
    return change(parts -> parts.contextTokens = Optional.of(tokens));
  }

  /** Upper bound of the output in tokens. */
  public LlmActionBuilder maxTokens(int tokens) {
    if (tokens < 1) {
      throw new IllegalArgumentException("maxTokens must be at least 1, was " + tokens);
    }
    return maxTokens(session -> tokens);
  }

  /** Upper bound of the output in tokens, as a Gatling Expression Language String. */
  public LlmActionBuilder maxTokens(String tokens) {
    return maxTokens(LlmActions.intEl(tokens));
  }

  /** Upper bound of the output in tokens, expressed as a function. */
  public LlmActionBuilder maxTokens(Function<Session, Integer> tokens) {
    return change(parts -> parts.maxTokens = Optional.of(tokens));
  }

  /** Sampling temperature, 0 to 2. */
  public LlmActionBuilder temperature(double temperature) {
    if (!(temperature >= 0 && temperature <= 2)) {
      throw new IllegalArgumentException("temperature must be from 0 to 2, was " + temperature);
    }
    return temperature(session -> temperature);
  }

  /** Sampling temperature, as a Gatling Expression Language String. */
  public LlmActionBuilder temperature(String temperature) {
    return temperature(LlmActions.doubleEl(temperature));
  }

  /** Sampling temperature, expressed as a function. */
  public LlmActionBuilder temperature(Function<Session, Double> temperature) {
    return change(parts -> parts.temperature = Optional.of(temperature));
  }

  /** Nucleus sampling, 0 to 1. */
  public LlmActionBuilder topP(double topP) {
    if (!(topP >= 0 && topP <= 1)) {
      throw new IllegalArgumentException("topP must be from 0 to 1, was " + topP);
    }
    return topP(session -> topP);
  }

  /** Nucleus sampling, as a Gatling Expression Language String. */
  public LlmActionBuilder topP(String topP) {
    return topP(LlmActions.doubleEl(topP));
  }

  /** Nucleus sampling, expressed as a function. */
  public LlmActionBuilder topP(Function<Session, Double> topP) {
    return change(parts -> parts.topP = Optional.of(topP));
  }

  /** Texts at which the model is to stop. */
  public LlmActionBuilder stop(String... sequences) {
    return change(parts -> parts.stop = List.of(sequences));
  }

  /** Sampling seed, where the provider has one. */
  public LlmActionBuilder seed(long seed) {
    return seed(session -> seed);
  }

  /** Sampling seed, expressed as a function. */
  public LlmActionBuilder seed(Function<Session, Long> seed) {
    return change(parts -> parts.seed = Optional.of(seed));
  }

  /**
   * Further fields of the request's body, merged at its top level ({@code
   * additionalModelRequestFields} on Bedrock).
   */
  public LlmActionBuilder extraBody(Map<String, Object> fields) {
    Map<String, Object> copy = Map.copyOf(fields);
    return extraBody(session -> copy);
  }

  /** Further fields of the request's body, expressed as a function. */
  public LlmActionBuilder extraBody(Function<Session, Map<String, Object>> fields) {
    return change(parts -> parts.extraBody = Optional.of(fields));
  }

  /** Deployment, model or inference profile instead of the configured one, as a Gatling EL. */
  public LlmActionBuilder model(String model) {
    return model(LlmActions.el(model));
  }

  /** Deployment, model or inference profile, expressed as a function. */
  public LlmActionBuilder model(Function<Session, String> model) {
    return change(parts -> parts.model = Optional.of(model));
  }

  /** Region instead of the configured one, as a Gatling EL; Bedrock only. */
  public LlmActionBuilder region(String region) {
    return region(LlmActions.el(region));
  }

  /** Region, expressed as a function; Bedrock only. */
  public LlmActionBuilder region(Function<Session, String> region) {
    return change(parts -> parts.region = Optional.of(region));
  }

  /**
   * Bedrock's {@code performanceConfig.latency}, expressed as a function: {@code standard}, {@code
   * optimized} or an empty text to leave it out.
   */
  public LlmActionBuilder latencyMode(Function<Session, String> mode) {
    return change(parts -> parts.latencyMode = Optional.of(mode));
  }

  /** Adds a label by which calls are told apart in records, as a Gatling EL. */
  public LlmActionBuilder label(String key, String value) {
    return label(key, LlmActions.el(value));
  }

  /** Adds a label by which calls are told apart in records, expressed as a function. */
  public LlmActionBuilder label(String key, Function<Session, String> value) {
    return change(parts -> parts.labels.put(key, value));
  }

  /** The answer comes in one piece: no time to first token, no tokens per second. */
  public LlmActionBuilder notStreaming() {
    return change(parts -> parts.streaming = false);
  }

  /** Adds checks of the answer: Gatling's body checks over its text, or those of the DSL. */
  public LlmActionBuilder check(CheckBuilder... checks) {
    return check(List.of(checks));
  }

  /** Adds checks of the answer. */
  public LlmActionBuilder check(List<CheckBuilder> checks) {
    LlmActions.refuseUnsupported(checks);
    return change(parts -> parts.checks.addAll(checks));
  }

  /** For internal use only. */
  @Override
  public io.gatling.core.action.builder.ActionBuilder asScala() {
    return LlmActions.builder(template);
  }

  private interface Change {
    void apply(Parts parts);
  }

  private LlmActionBuilder change(Change change) {
    Parts parts = new Parts(template);
    change.apply(parts);
    return new LlmActionBuilder(parts.template());
  }

  /** The template while one of its parts is being replaced. */
  private static final class Parts {
    private final Function<Session, String> name;
    private Optional<Function<Session, String>> system;
    private Function<Session, List<Message>> prompts;
    private Optional<Function<Session, Integer>> contextTokens;
    private Optional<Function<Session, Integer>> maxTokens;
    private Optional<Function<Session, Double>> temperature;
    private Optional<Function<Session, Double>> topP;
    private List<String> stop;
    private Optional<Function<Session, Long>> seed;
    private Optional<Function<Session, Map<String, Object>>> extraBody;
    private Optional<Function<Session, String>> model;
    private Optional<Function<Session, String>> region;
    private Optional<Function<Session, String>> latencyMode;
    private final Map<String, Function<Session, String>> labels;
    private boolean streaming;
    private final List<CheckBuilder> checks;

    Parts(CallTemplate from) {
      name = from.name();
      system = from.system();
      prompts = from.prompts();
      contextTokens = from.contextTokens();
      maxTokens = from.maxTokens();
      temperature = from.temperature();
      topP = from.topP();
      stop = from.stop();
      seed = from.seed();
      extraBody = from.extraBody();
      model = from.model();
      region = from.region();
      latencyMode = from.latencyMode();
      labels = new LinkedHashMap<>(from.labels());
      streaming = from.streaming();
      checks = new ArrayList<>(from.checks());
    }

    CallTemplate template() {
      return new CallTemplate(
          name,
          system,
          prompts,
          contextTokens,
          maxTokens,
          temperature,
          topP,
          stop,
          seed,
          extraBody,
          model,
          region,
          latencyMode,
          labels,
          streaming,
          checks);
    }
  }
}
