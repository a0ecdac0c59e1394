package dev.gatlingllm;

import dev.gatlingllm.arrival.ArrivalProcess;
import dev.gatlingllm.arrival.ArrivalSchedule;
import dev.gatlingllm.arrival.RatePhase;
import dev.gatlingllm.arrival.RateProfile;
import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.LoadConfig;
import dev.gatlingllm.config.Startup;
import dev.gatlingllm.experiment.Experiment;
import dev.gatlingllm.experiment.ab.Ab;
import dev.gatlingllm.experiment.batch.Batch;
import dev.gatlingllm.experiment.bedrock.Scenarios;
import dev.gatlingllm.experiment.capacity.CapacitySearch;
import dev.gatlingllm.experiment.conversation.Sessions;
import dev.gatlingllm.experiment.heatmap.Heatmap;
import dev.gatlingllm.experiment.latency.LatencyCases;
import dev.gatlingllm.experiment.payload.Payloads;
import dev.gatlingllm.experiment.rag.Orchestrator;
import dev.gatlingllm.experiment.replay.MessagesReplay;
import dev.gatlingllm.experiment.replay.TraceReplay;
import dev.gatlingllm.experiment.sweep.Levels;
import dev.gatlingllm.gatling.Arrivals;
import dev.gatlingllm.gatling.CallLimit;
import dev.gatlingllm.gatling.ExpectedLoads;
import dev.gatlingllm.gatling.LimitTarget;
import dev.gatlingllm.gatling.LlmActionBuilder;
import dev.gatlingllm.gatling.LlmAssertions;
import dev.gatlingllm.gatling.LlmProtocolBuilder;
import dev.gatlingllm.gatling.Load;
import dev.gatlingllm.gatling.MeasureLimit;
import dev.gatlingllm.gatling.OwnShare;
import dev.gatlingllm.gatling.Prompts;
import dev.gatlingllm.gatling.TargetBuilder;
import dev.gatlingllm.gatling.call.AnswerSchema;
import dev.gatlingllm.gatling.call.History;
import dev.gatlingllm.gatling.call.LlmResponse;
import dev.gatlingllm.gatling.call.OverHttp;
import dev.gatlingllm.gatling.engine.LlmActions;
import dev.gatlingllm.gatling.engine.LlmChecks;
import dev.gatlingllm.prompt.ShapeProfile;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.provider.app.AppFormat;
import dev.gatlingllm.run.HeapDumps;
import dev.gatlingllm.size.CallSizes;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.target.ProviderClients;
import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.CoreDsl;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Everything a simulation needs beside Gatling's own DSL: no other import of this project. What a
 * method returns is kept in a {@code var}.
 *
 * <pre>{@code
 * import static dev.gatlingllm.LlmDsl.*;
 * import static io.gatling.javaapi.core.CoreDsl.*;
 *
 * import io.gatling.javaapi.core.Simulation;
 *
 * public class HelloSimulation extends Simulation {
 *   {
 *     setUp(
 *             scenario("hello")
 *                 .exec(llm("chat").prompt("Say hello.").maxTokens(50).check(ttft().lt(800.0)))
 *                 .injectOpen(atOnceUsers(5)))
 *         .protocols(llm)
 *         .assertions(ttft("chat").percentile(95).lt(500));
 *   }
 * }
 * }</pre>
 */
public final class LlmDsl {

  /** The protocol, with the settings of {@code llm.conf} and {@code -Dllm.…}. */
  public static final LlmProtocolBuilder llm = LlmProtocolBuilder.ofSettings();

  static {
    HeapDumps.allow(false);
  }

  private LlmDsl() {}

  /**
   * The settings of {@code llm.conf} and {@code -Dllm.…}, checked.
   *
   * <pre>{@code
   * var settings = settings();
   * setUp(load(settings).inject("hello", llm("chat").prompt("Say hello.")))
   *     .protocols(llm.config(settings));
   * }</pre>
   *
   * @throws dev.gatlingllm.config.ConfigurationException on the first key that is unknown or has an
   *     impossible value
   */
  public static LlmConfig settings() {
    return LlmConfig.read();
  }

  /**
   * These settings against the simulated endpoint in this process instead of {@code llm.provider}:
   * it speaks that provider's wire format, has room for every call, and neither quotas nor faults.
   *
   * <pre>{@code
   * var settings = simulated(settings());
   * setUp(load(settings).inject("hello", llm("chat").prompt("Say hello.")))
   *     .protocols(llm.config(settings));
   * }</pre>
   *
   * @throws dev.gatlingllm.config.ConfigurationException if a setting of the provider is missing or
   *     cannot be used
   */
  public static LlmConfig simulated(LlmConfig settings) {
    return ProviderClients.simulated(settings);
  }

  /**
   * The load that {@code llm.load} asks for.
   *
   * <pre>{@code
   * setUp(load(settings()).inject("hello", llm("chat").prompt("Say hello."))).protocols(llm);
   * }</pre>
   */
  public static Load load(LlmConfig settings) {
    return Load.of(settings);
  }

  /**
   * Prompts of any size, a new one for every call.
   *
   * <pre>{@code
   * var prompts = prompts(settings());
   * exec(llm("chat").sizes(prompts, prompts.sizes(settings())));
   * }</pre>
   */
  public static Prompts prompts(LlmConfig settings) {
    return Prompts.of(settings);
  }

  /**
   * Prompts cut from a text at places that {@code llm.seed} decides, for calls of any size.
   *
   * <pre>{@code
   * var prompts = promptsFrom("feeders/source-text.txt", settings());
   * exec(llm("chat").shape(prompts, shape(prompts, 400, 100)));
   * }</pre>
   *
   * @param file a text in UTF-8
   * @throws dev.gatlingllm.config.ConfigurationException if the text cannot be read
   */
  public static Prompts promptsFrom(String file, LlmConfig settings) {
    return Startup.orExit(() -> Prompts.cutFrom(file, settings));
  }

  /**
   * Calls that are all of one size.
   *
   * <pre>{@code
   * var prompts = prompts(settings());
   * exec(llm("chat").shape(prompts, shape(prompts, 2000, 200)));
   * }</pre>
   *
   * @param contextTokens input tokens of each call
   * @param maxTokens upper bound of the output of each call, at least 1
   * @throws dev.gatlingllm.config.ConfigurationException if there is no room for a prompt's fixed
   *     parts
   */
  public static ShapeProfile shape(Prompts prompts, int contextTokens, int maxTokens) {
    return prompts.shape("contextTokens", contextTokens, maxTokens);
  }

  /**
   * The plan of a simulation that makes calls of these sizes under {@link #load}: the warm-up and
   * the calibration run do the same.
   *
   * <pre>{@code
   * var settings = settings();
   * var prompts = prompts(settings);
   * var sizes = prompts.sizes(settings);
   * setUp(load(settings).inject("planned", llm("chat").sizes(prompts, sizes)))
   *     .protocols(llm.config(settings).expectedLoad(expectedLoad(settings, prompts, sizes)));
   * }</pre>
   */
  public static ExpectedLoad expectedLoad(LlmConfig settings, Prompts prompts, CallSizes sizes) {
    return ExpectedLoads.load(settings, prompts, sizes);
  }

  /**
   * The plan of a simulation that makes calls of one size under {@link #load}.
   *
   * <pre>{@code
   * var settings = settings();
   * var prompts = prompts(settings);
   * var shape = shape(prompts, 2000, 200);
   * setUp(load(settings).inject("planned", llm("chat").shape(prompts, shape)))
   *     .protocols(llm.config(settings).expectedLoad(expectedLoad(settings, prompts, shape)));
   * }</pre>
   */
  public static ExpectedLoad expectedLoad(LlmConfig settings, Prompts prompts, ShapeProfile shape) {
    return ExpectedLoads.load(settings, prompts, shape);
  }

  /**
   * The plan of a simulation that makes calls of these sizes at the arrivals of a schedule.
   *
   * <pre>{@code
   * var prompts = prompts(settings());
   * var sizes = prompts.sizes(settings());
   * var rush = schedule(profile(ramp(10, 600, Duration.ofMinutes(5))), poisson(), 42);
   * var arrivals = arrivals(rush);
   * var rushHour =
   *     scenario("rush").feed(arrivals.feeder()).exec(llm("chat").sizes(prompts, sizes));
   * setUp(arrivals.inject(rushHour))
   *     .protocols(llm.expectedLoad(expectedLoad(rush, prompts, sizes)));
   * }</pre>
   */
  public static ExpectedLoad expectedLoad(
      ArrivalSchedule schedule, Prompts prompts, CallSizes sizes) {
    return ExpectedLoads.arrivals(schedule, prompts, sizes);
  }

  /**
   * The plan of a simulation in which so many clients make one call of these sizes after another.
   *
   * <pre>{@code
   * var prompts = prompts(settings());
   * var sizes = prompts.sizes(settings());
   * var clients = scenario("clients").exec(llm("chat").sizes(prompts, sizes));
   * setUp(clients.injectClosed(constantConcurrentUsers(8).during(60)))
   *     .protocols(llm.expectedLoad(expectedLoad(8, prompts, sizes)));
   * }</pre>
   */
  public static ExpectedLoad expectedLoad(int clients, Prompts prompts, CallSizes sizes) {
    return ExpectedLoads.clients(clients, prompts, sizes);
  }

  /**
   * The limits of {@code llm.slo} on the calls of this path.
   *
   * <pre>{@code
   * setUp(load(settings()).inject("hello", llm("chat").prompt("Say hello.")))
   *     .protocols(llm)
   *     .assertions(slo(settings(), "chat"));
   * }</pre>
   */
  public static List<Assertion> slo(LlmConfig settings, String first, String... rest) {
    return LlmAssertions.slo(settings.slo(), path(first, rest));
  }

  /**
   * The conversations that {@code llm.conversation} asks for, under the load of {@code llm.load}.
   *
   * <pre>{@code
   * var talk = conversations(settings());
   * setUp(talk.inject(llm("chat")))
   *     .protocols(talk.protocols())
   *     .assertions(talk.assertions("chat"));
   * }</pre>
   *
   * @throws dev.gatlingllm.config.ConfigurationException naming the key, or the file and the place
   *     in it
   */
  public static Experiment conversations(LlmConfig settings) {
    return Sessions.of(settings);
  }

  /**
   * A search for the greatest rate of arrivals at which every limit of {@code llm.slo} holds, as
   * {@code llm.capacity} asks for.
   *
   * <pre>{@code
   * var search = rateSearch(settings());
   * setUp(search.inject(llm("chat"))).protocols(search.protocols());
   * }</pre>
   *
   * @throws dev.gatlingllm.config.ConfigurationException if no limit is set, or one cannot be
   *     searched for
   */
  public static Experiment rateSearch(LlmConfig settings) {
    return CapacitySearch.ofRate(settings);
  }

  /**
   * A search for the greatest number of clients, each with one call after another, at which every
   * limit of {@code llm.slo} holds, as {@code llm.capacity} asks for.
   *
   * <pre>{@code
   * var search = concurrencySearch(settings());
   * setUp(search.inject(llm("chat"))).protocols(search.protocols());
   * }</pre>
   *
   * @throws dev.gatlingllm.config.ConfigurationException if no limit is set, or one cannot be
   *     searched for
   */
  public static Experiment concurrencySearch(LlmConfig settings) {
    return CapacitySearch.ofClients(settings);
  }

  /**
   * The levels of concurrency that {@code llm.sweep} asks for, one after another.
   *
   * <pre>{@code
   * var levels = concurrencySweep(settings());
   * setUp(levels.inject(llm("chat")))
   *     .protocols(levels.protocols())
   *     .assertions(levels.assertions("chat"));
   * }</pre>
   *
   * @throws dev.gatlingllm.config.ConfigurationException if a setting has an impossible value
   */
  public static Experiment concurrencySweep(LlmConfig settings) {
    return Levels.of(settings);
  }

  /**
   * The two {@code llm.targets} in turns, in blocks that {@code llm.load} and {@code llm.ab}
   * describe.
   *
   * <pre>{@code
   * var blocks = abTest(settings());
   * setUp(blocks.inject(llm("chat")))
   *     .protocols(blocks.protocols())
   *     .assertions(blocks.assertions("chat"));
   * }</pre>
   *
   * @throws dev.gatlingllm.config.ConfigurationException unless there are two targets
   */
  public static Experiment abTest(LlmConfig settings) {
    return Ab.of(settings);
  }

  /**
   * The workloads of {@code llm.batch}, one after another, and all again on a clock.
   *
   * <pre>{@code
   * var batches = batches(settings());
   * setUp(batches.inject(llm("chat")))
   *     .protocols(batches.protocols())
   *     .assertions(batches.assertions("chat"));
   * }</pre>
   *
   * @throws dev.gatlingllm.config.ConfigurationException if a setting has an impossible value
   */
  public static Experiment batches(LlmConfig settings) {
    return Batch.of(settings);
  }

  /**
   * Every pair of an input and an output length of {@code llm.heatmap}.
   *
   * <pre>{@code
   * var heatmap = latencyHeatmap(settings());
   * setUp(heatmap.inject(llm("chat")))
   *     .protocols(heatmap.protocols())
   *     .assertions(heatmap.assertions("chat"));
   * }</pre>
   *
   * @throws dev.gatlingllm.config.ConfigurationException if the source text cannot be read, or a
   *     length is too small for a prompt
   */
  public static Experiment latencyHeatmap(LlmConfig settings) {
    return Heatmap.of(settings);
  }

  /**
   * Every deployment, region and length of the answer of {@code llm.latency}.
   *
   * <pre>{@code
   * var cases = latencyBenchmark(settings());
   * setUp(cases.inject(llm("chat")))
   *     .protocols(cases.protocols())
   *     .assertions(cases.assertions("chat"));
   * }</pre>
   *
   * @throws dev.gatlingllm.config.ConfigurationException if a region is not known, or a prompt has
   *     no room for its parts
   */
  public static Experiment latencyBenchmark(LlmConfig settings) {
    return LatencyCases.of(settings);
  }

  /**
   * The scenarios of Amazon Bedrock that {@code llm.scenarios} names.
   *
   * <pre>{@code
   * var scenarios = bedrockScenarios(settings());
   * setUp(scenarios.inject(llm("chat")))
   *     .protocols(scenarios.protocols())
   *     .assertions(scenarios.assertions("chat"));
   * }</pre>
   *
   * @throws dev.gatlingllm.config.ConfigurationException naming the file and line, if one cannot be
   *     read
   */
  public static Experiment bedrockScenarios(LlmConfig settings) {
    return Scenarios.of(settings);
  }

  /**
   * The conversations that {@code llm.messages} names, under the load of {@code llm.load}.
   *
   * <pre>{@code
   * var replay = messagesReplay(settings());
   * setUp(replay.inject(llm("chat")))
   *     .protocols(replay.protocols())
   *     .assertions(replay.assertions("chat"));
   * }</pre>
   *
   * @throws dev.gatlingllm.config.ConfigurationException naming the file and the place in it, if it
   *     cannot be read
   */
  public static Experiment messagesReplay(LlmConfig settings) {
    return MessagesReplay.of(settings);
  }

  /**
   * The calls of the trace that {@code llm.replay} names, at their recorded instants.
   *
   * <pre>{@code
   * var replay = traceReplay(settings());
   * setUp(replay.inject(llm("chat")))
   *     .protocols(replay.protocols())
   *     .assertions(replay.assertions("chat"));
   * }</pre>
   *
   * @throws dev.gatlingllm.config.ConfigurationException naming the file and line, if it cannot be
   *     read
   */
  public static Experiment traceReplay(LlmConfig settings) {
    return TraceReplay.of(settings);
  }

  /**
   * Users of the application that {@code llm.rag} describes.
   *
   * <pre>{@code
   * var orchestrator = orchestrator(settings());
   * setUp(orchestrator.inject(llm("ask")))
   *     .protocols(orchestrator.protocols())
   *     .assertions(orchestrator.assertions("ask"));
   * }</pre>
   *
   * @throws dev.gatlingllm.config.ConfigurationException if a setting, or the file of questions,
   *     cannot be used
   */
  public static Experiment orchestrator(LlmConfig settings) {
    return Orchestrator.of(settings);
  }

  /**
   * The request bodies that {@code llm.payloads} names; its {@code feeder()} is for a load of one's
   * own.
   *
   * <pre>{@code
   * var payloads = payloadFiles(settings());
   * setUp(payloads.inject(llm("chat")))
   *     .protocols(payloads.protocols())
   *     .assertions(payloads.assertions("chat"));
   * }</pre>
   *
   * @throws dev.gatlingllm.config.ConfigurationException naming the file, line and field that
   *     cannot be used
   */
  public static Payloads payloadFiles(LlmConfig settings) {
    return Payloads.of(settings);
  }

  /**
   * The request that the feeder of {@link #payloadFiles} has put into the session.
   *
   * <pre>{@code
   * var payloads = payloadFiles(settings());
   * scenario("mine")
   *     .feed(payloads.feeder())
   *     .exec(llm("chat").request(session -> payload(session)));
   * }</pre>
   */
  public static LlmRequest payload(Session session) {
    return Payloads.request(session);
  }

  /**
   * A call to the model, of a name expressed as a Gatling Expression Language String. How the
   * client cancels it: {@link LlmActionBuilder#cancelAfter}, {@link
   * LlmActionBuilder#cancelAfterFirstToken}, {@link LlmActionBuilder#cancelShare}.
   *
   * <pre>{@code
   * exec(
   *     llm("chat")
   *         .prompt("Tell me about #{river}.")
   *         .maxTokens(200)
   *         .cancelAfter(Duration.ofSeconds(2))
   *         .cancelShare(0.2));
   * }</pre>
   */
  public static LlmActionBuilder llm(String name) {
    return LlmActionBuilder.named(LlmActions.el(name));
  }

  /**
   * A call to the model, of a name expressed as a function.
   *
   * <pre>{@code
   * exec(llm(session -> "chat " + session.getString("tenant")).prompt("Say hello."));
   * }</pre>
   */
  public static LlmActionBuilder llm(Function<Session, String> name) {
    return LlmActionBuilder.named(name);
  }

  /**
   * What the system says, in {@link LlmActionBuilder#messages(List)}.
   *
   * <pre>{@code
   * exec(llm("chat").messages(List.of(systemMessage("Be short."), userMessage("Name a river."))));
   * }</pre>
   */
  public static Message systemMessage(String text) {
    return Message.system(text);
  }

  /**
   * What the user says, in {@link LlmActionBuilder#messages(List)}.
   *
   * <pre>{@code
   * exec(llm("chat").messages(session -> List.of(userMessage(session.getString("question")))));
   * }</pre>
   */
  public static Message userMessage(String text) {
    return Message.user(text);
  }

  /**
   * What the model has said, in {@link LlmActionBuilder#messages(List)}.
   *
   * <pre>{@code
   * var soFar = List.of(userMessage("Name a river."), assistantMessage("Nile."));
   * exec(llm("chat").messages(soFar));
   * }</pre>
   */
  public static Message assistantMessage(String text) {
    return Message.assistant(text);
  }

  /**
   * A call over Gatling's own HTTP DSL to an application, for {@link LlmActionBuilder#over}.
   *
   * <pre>{@code
   * var request = http("ask").post("/ask").body(StringBody("#{question}"));
   * exec(llm("ask").prompt("#{question}").over(overHttp("my app", request, textAnswer())));
   * }</pre>
   *
   * @param application what is called: the model of the call's record
   */
  public static OverHttp overHttp(
      String application, HttpRequestActionBuilder request, AppFormat answer) {
    return overHttp(application, request, answer, "llm.kept");
  }

  /**
   * As the other method, and what the format keeps is a session attribute.
   *
   * <pre>{@code
   * var request = http("ask").post("/ask").queryParam("id", "#{id}");
   * var answer = jsonAnswer("result.text", "conversation.id");
   * exec(llm("ask").prompt("#{question}").over(overHttp("my app", request, answer, "id")));
   * }</pre>
   *
   * @param savedAs the session attribute
   */
  public static OverHttp overHttp(
      String application, HttpRequestActionBuilder request, AppFormat answer, String savedAs) {
    return new OverHttp(application, request, answer, savedAs, Optional.empty());
  }

  /**
   * An application answers with one JSON object.
   *
   * <pre>{@code
   * var answer = jsonAnswer("result.text");
   * exec(llm("ask").prompt("Hi").over(overHttp("my app", http("ask").get("/"), answer)));
   * }</pre>
   *
   * @param text where the answer's text is, in JMESPath
   * @throws IllegalArgumentException if that is not JMESPath
   */
  public static AppFormat jsonAnswer(String text) {
    return jsonAnswer(text, "");
  }

  /**
   * As the other method, with a value that is kept, such as the id of a conversation.
   *
   * <pre>{@code
   * var answer = jsonAnswer("result.text", "conversation.id");
   * exec(llm("ask").prompt("Hi").over(overHttp("my app", http("ask").get("/"), answer, "id")));
   * }</pre>
   *
   * @param kept where the value is, in JMESPath; empty for none
   */
  public static AppFormat jsonAnswer(String text, String kept) {
    return new AppFormat.Json(
        AppFormat.Path.of("jsonAnswer's text", text), AppFormat.Path.of("jsonAnswer's kept", kept));
  }

  /**
   * An application answers with server-sent events, each a JSON object, or text if it does not
   * begin with a brace.
   *
   * <pre>{@code
   * var answer = eventsAnswer("delta.text", "id");
   * exec(llm("ask").prompt("Hi").over(overHttp("my app", http("ask").get("/"), answer, "id")));
   * }</pre>
   *
   * @param text where in an event's object a piece of the answer is, in JMESPath
   * @param kept where in an event's object the value to be kept is, in JMESPath; empty for none
   * @throws IllegalArgumentException if one is not JMESPath
   */
  public static AppFormat eventsAnswer(String text, String kept) {
    return new AppFormat.Events(
        AppFormat.Path.of("eventsAnswer's text", text),
        AppFormat.Path.of("eventsAnswer's kept", kept));
  }

  /**
   * An application streams its answer as plain text in UTF-8.
   *
   * <pre>{@code
   * exec(llm("ask").prompt("Hi").over(overHttp("my app", http("ask").get("/"), textAnswer())));
   * }</pre>
   */
  public static AppFormat textAnswer() {
    return new AppFormat.Text(Optional.empty());
  }

  /**
   * A target of this name, of those that the calls of a run are split over.
   *
   * <pre>{@code
   * setUp(load(settings()).inject("split", llm("chat").prompt("Say hello.")))
   *     .protocols(llm.targets(target("a").weight(3).model("gpt-a"), target("b").model("lora-b")));
   * }</pre>
   */
  public static TargetBuilder target(String name) {
    return TargetBuilder.named(name);
  }

  /**
   * Open load on an absolute schedule.
   *
   * <pre>{@code
   * var arrivals = arrivals(schedule(profile(hold(120, Duration.ofMinutes(5))), gamma(0.5), 42));
   * setUp(
   *         arrivals.inject(
   *             scenario("bursts").feed(arrivals.feeder()).exec(llm("chat").prompt("Say hello."))))
   *     .protocols(llm);
   * }</pre>
   */
  public static Arrivals arrivals(ArrivalSchedule schedule) {
    LoadConfig load = settings().load();
    return Arrivals.of(Startup.orExit(() -> Load.part(load, schedule)), load.part());
  }

  /**
   * The rows of a feeder that {@code llm.load.share} leaves to this machine: every N-th, so that an
   * arrival has the row that it has in the whole load. All rows without that setting.
   *
   * <pre>{@code
   * feed(ofShare(csv("questions.csv").readRecords().iterator(), settings()))
   * }</pre>
   */
  public static Iterator<Map<String, Object>> ofShare(
      Iterator<Map<String, Object>> rows, LlmConfig settings) {
    return OwnShare.of(settings.load()).rows(rows);
  }

  /**
   * Open load at a rate over time, evenly spaced where the rate is constant.
   *
   * <pre>{@code
   * var arrivals = arrivals(profile(ramp(10, 600, Duration.ofMinutes(10))));
   * setUp(
   *         arrivals.inject(
   *             scenario("ramp").feed(arrivals.feeder()).exec(llm("chat").prompt("Say hello."))))
   *     .protocols(llm);
   * }</pre>
   */
  public static Arrivals arrivals(RateProfile rates) {
    return arrivals(ArrivalSchedule.of(rates));
  }

  /**
   * The arrivals of a rate over time, at random or not.
   *
   * <pre>{@code
   * var rates = profile(ramp(10, 600, Duration.ofMinutes(10)));
   * arrivals(schedule(rates, poisson(), 42));
   * }</pre>
   *
   * @param seed any number: the same one gives the same arrivals
   * @throws IllegalArgumentException if no arrival would come out
   */
  public static ArrivalSchedule schedule(RateProfile rates, ArrivalProcess process, long seed) {
    return ArrivalSchedule.of(rates, process, OptionalLong.empty(), seed);
  }

  /**
   * Arrivals as of independent users.
   *
   * <pre>{@code
   * arrivals(schedule(profile(hold(120, Duration.ofMinutes(5))), poisson(), 42));
   * }</pre>
   */
  public static ArrivalProcess poisson() {
    return ArrivalProcess.POISSON;
  }

  /**
   * Arrivals whose gaps have a gamma distribution.
   *
   * <pre>{@code
   * arrivals(schedule(profile(hold(120, Duration.ofMinutes(5))), gamma(0.5), 42));
   * }</pre>
   *
   * @param burstiness the shape of the gaps, from 0.01 to 1000: 1 is {@link #poisson}, less comes
   *     in bursts, more is more regular
   * @throws IllegalArgumentException if it is out of its range
   */
  public static ArrivalProcess gamma(double burstiness) {
    return ArrivalProcess.gamma(burstiness);
  }

  /**
   * A rate over time, for {@link #arrivals(RateProfile)} and {@link #schedule}.
   *
   * <pre>{@code
   * arrivals(profile(ramp(10, 600, Duration.ofMinutes(10)), hold(600, Duration.ofMinutes(5))));
   * }</pre>
   */
  public static RateProfile profile(RatePhase... phases) {
    return RateProfile.of(phases);
  }

  /**
   * A constant rate; see {@link RatePhase#hold}.
   *
   * <pre>{@code
   * arrivals(profile(hold(600, Duration.ofMinutes(5))));
   * }</pre>
   *
   * @param rpm arrivals per minute
   */
  public static RatePhase hold(double rpm, Duration time) {
    return RatePhase.hold(rpm, time);
  }

  /**
   * A pause; not named so since Gatling's own DSL has a {@code pause}.
   *
   * <pre>{@code
   * var minute = Duration.ofMinutes(1);
   * arrivals(profile(hold(600, minute), noArrivals(minute), hold(600, minute)));
   * }</pre>
   */
  public static RatePhase noArrivals(Duration time) {
    return RatePhase.pause(time);
  }

  /**
   * A rate that goes from one value to another in a straight line; see {@link RatePhase#ramp}.
   *
   * <pre>{@code
   * arrivals(profile(ramp(10, 600, Duration.ofMinutes(10))));
   * }</pre>
   *
   * @param fromRpm arrivals per minute, as {@code toRpm}
   */
  public static RatePhase ramp(double fromRpm, double toRpm, Duration during) {
    return RatePhase.ramp(fromRpm, toRpm, during);
  }

  /**
   * Constant rates that follow one another; see {@link RatePhase#steps}.
   *
   * <pre>{@code
   * arrivals(profile(steps(60, 300, 60, Duration.ofMinutes(2))));
   * }</pre>
   *
   * @param fromRpm arrivals per minute, as {@code toRpm} and {@code byRpm}
   */
  public static RatePhase steps(double fromRpm, double toRpm, double byRpm, Duration each) {
    return RatePhase.steps(fromRpm, toRpm, byRpm, each);
  }

  /**
   * A rate that rises to a peak and falls back; see {@link RatePhase#spike}.
   *
   * <pre>{@code
   * arrivals(profile(spike(60, 600, Duration.ofSeconds(30))));
   * }</pre>
   *
   * @param baseRpm arrivals per minute, as {@code peakRpm}
   */
  public static RatePhase spike(double baseRpm, double peakRpm, Duration time) {
    return RatePhase.spike(baseRpm, peakRpm, time);
  }

  /**
   * A rate that swings, as over a day; see {@link RatePhase#sine}.
   *
   * <pre>{@code
   * arrivals(profile(sine(300, 200, Duration.ofHours(24), Duration.ofHours(24))));
   * }</pre>
   *
   * @param meanRpm arrivals per minute, as {@code amplitudeRpm}
   */
  public static RatePhase sine(
      double meanRpm, double amplitudeRpm, Duration period, Duration during) {
    return RatePhase.sine(meanRpm, amplitudeRpm, period, during);
  }

  /**
   * Checks the time to first token, ms.
   *
   * <pre>{@code
   * exec(llm("chat").prompt("Say hello.").check(ttft().lt(800.0)));
   * }</pre>
   */
  public static CheckBuilder.Find<Double> ttft() {
    return measure("ttft", Measure.TTFT);
  }

  /**
   * Checks the decode rate, tokens per second.
   *
   * <pre>{@code
   * exec(llm("chat").prompt("Say hello.").check(tokensPerSecond().gte(20.0)));
   * }</pre>
   */
  public static CheckBuilder.Find<Double> tokensPerSecond() {
    return measure("tokensPerSecond", Measure.TOKENS_PER_SECOND);
  }

  /**
   * Checks the number of output tokens.
   *
   * <pre>{@code
   * exec(llm("chat").prompt("Say hello.").check(outputTokens().lte(100)));
   * }</pre>
   */
  public static CheckBuilder.Find<Integer> outputTokens() {
    return LlmChecks.measure(
        "outputTokens", Integer.class, response -> whole(response.call().tokens().output()));
  }

  /**
   * Checks the text of the answer, and keeps it for later calls. With the arguments of a tool's
   * call, if it calls one. A call whose check fails has failed, and is no good one for {@link
   * #goodput}.
   *
   * <pre>{@code
   * exec(llm("chat").prompt("Name a river.").check(answer().saveAs("river")))
   *     .exec(llm("chat").prompt("How long is the #{river}?"));
   * }</pre>
   */
  public static CheckBuilder.Find<String> answer() {
    return LlmChecks.measure("answer", String.class, response -> Optional.of(response.text()));
  }

  /**
   * Checks a part of an answer that is JSON, by a JMESPath. An answer that is not JSON fails it.
   *
   * <pre>{@code
   * exec(
   *     llm("chat")
   *         .prompt("Name three rivers, as JSON.")
   *         .check(answerJson("rivers[0].name").is("Nile")));
   * }</pre>
   */
  public static CheckBuilder.JsonOfTypeFind answerJson(String path) {
    return CoreDsl.jmesPath(path);
  }

  /**
   * Checks that the answer is JSON and valid by a JSON schema: draft 2020-12, or the one that its
   * {@code $schema} names (4, 6, 7, 2019-09). Nothing is fetched: a {@code $ref} must lead into the
   * schema itself. {@code format} is not checked, as the drafts have it. The failure names the
   * place in the schema, never a value of the answer. A call whose check fails has failed, and is
   * no good one for {@link #goodput}.
   *
   * <pre>{@code
   * exec(
   *     llm("chat")
   *         .prompt("Name a river, as JSON.")
   *         .check(answerSchema("{\"type\":\"object\",\"required\":[\"name\"]}")));
   * }</pre>
   *
   * @param schema JSON
   * @throws IllegalArgumentException if it is not JSON, not a schema, or refers to what is not in
   *     it
   */
  public static CheckBuilder answerSchema(String schema) {
    return LlmChecks.schema(AnswerSchema.of(schema, "the schema"));
  }

  /**
   * {@link #answerSchema(String)} with the schema of a file.
   *
   * <pre>{@code
   * exec(
   *     llm("chat")
   *         .prompt("Name a river, as JSON.")
   *         .check(answerSchema(Path.of("feeders/river.schema.json"))));
   * }</pre>
   *
   * @throws IllegalArgumentException naming the file, if it cannot be read or is no schema
   */
  public static CheckBuilder answerSchema(Path file) {
    return LlmChecks.schema(AnswerSchema.read(file));
  }

  /**
   * Checks the arguments of the tools that the answer calls; absent if it calls none.
   *
   * <pre>{@code
   * Map<String, Object> weather =
   *     Map.of("type", "function", "function", Map.of("name", "weather"));
   * exec(
   *     llm("agent")
   *         .prompt("How is the weather in Bern?")
   *         .extraBody(Map.of("tools", List.of(weather)))
   *         .check(toolCall().exists()));
   * }</pre>
   */
  public static CheckBuilder.Find<String> toolCall() {
    return LlmChecks.measure("toolCall", String.class, LlmResponse::toolCall);
  }

  /**
   * Forgets a conversation, so that the next call with this {@link LlmActionBuilder#history} begins
   * a new session.
   *
   * <pre>{@code
   * repeat(10)
   *     .on(
   *         newConversation("talk")
   *             .exec(llm("chat").history("talk").user("Name three rivers."))
   *             .exec(llm("chat").history("talk").user("Which is the longest?")));
   * }</pre>
   */
  public static ChainBuilder newConversation(String name) {
    return CoreDsl.exec(session -> session.remove(History.attribute(name)));
  }

  /**
   * Checks why the model stopped, in the provider's word.
   *
   * <pre>{@code
   * exec(llm("chat").prompt("Say hello.").check(finishReason().is("stop")));
   * }</pre>
   */
  public static CheckBuilder.Find<String> finishReason() {
    return LlmChecks.measure(
        "finishReason",
        String.class,
        response ->
            Optional.of(response.call().service().finishReason()).filter(s -> !s.isEmpty()));
  }

  /**
   * Limits the time to first token, ms; see {@link LlmAssertions#ttft}.
   *
   * <pre>{@code
   * setUp(load(settings()).inject("hello", llm("chat").prompt("Say hello.")))
   *     .protocols(llm)
   *     .assertions(ttft("chat").percentile(95).lt(500));
   * }</pre>
   */
  public static MeasureLimit ttft(String first, String... rest) {
    return LlmAssertions.ttft(path(first, rest));
  }

  /**
   * Limits the end-to-end time, ms; see {@link LlmAssertions#e2e}.
   *
   * <pre>{@code
   * setUp(load(settings()).inject("hello", llm("chat").prompt("Say hello.")))
   *     .protocols(llm)
   *     .assertions(e2e("chat").max().lt(5000));
   * }</pre>
   */
  public static MeasureLimit e2e(String first, String... rest) {
    return LlmAssertions.e2e(path(first, rest));
  }

  /**
   * Limits the decode rate, tokens per second; see {@link LlmAssertions#tokensPerSecond}.
   *
   * <pre>{@code
   * setUp(load(settings()).inject("hello", llm("chat").prompt("Say hello.")))
   *     .protocols(llm)
   *     .assertions(tokensPerSecond("chat").percentile(5).gte(30));
   * }</pre>
   */
  public static MeasureLimit tokensPerSecond(String first, String... rest) {
    return LlmAssertions.tokensPerSecond(path(first, rest));
  }

  /**
   * Limits the time per output token, microseconds; see {@link LlmAssertions#tpotMicros}.
   *
   * <pre>{@code
   * setUp(load(settings()).inject("hello", llm("chat").prompt("Say hello.")))
   *     .protocols(llm)
   *     .assertions(tpotMicros("chat").percentile(95).lt(40_000));
   * }</pre>
   */
  public static MeasureLimit tpotMicros(String first, String... rest) {
    return LlmAssertions.tpotMicros(path(first, rest));
  }

  /**
   * Limits the longest time between two chunks, ms; see {@link LlmAssertions#maxInterChunk}.
   *
   * <pre>{@code
   * setUp(load(settings()).inject("hello", llm("chat").prompt("Say hello.")))
   *     .protocols(llm)
   *     .assertions(maxInterChunk("chat").percentile(95).lt(1000));
   * }</pre>
   */
  public static MeasureLimit maxInterChunk(String first, String... rest) {
    return LlmAssertions.maxInterChunk(path(first, rest));
  }

  /**
   * Limits the client's own delay, ms; see {@link LlmAssertions#scheduleDelay}.
   *
   * <pre>{@code
   * setUp(load(settings()).inject("hello", llm("chat").prompt("Say hello.")))
   *     .protocols(llm)
   *     .assertions(scheduleDelay("chat").percentile(99).lt(20));
   * }</pre>
   */
  public static MeasureLimit scheduleDelay(String first, String... rest) {
    return LlmAssertions.scheduleDelay(path(first, rest));
  }

  /**
   * Limits the percentage of good calls; see {@link LlmAssertions#goodput}.
   *
   * <pre>{@code
   * setUp(load(settings()).inject("hello", llm("chat").prompt("Say hello.")))
   *     .protocols(llm)
   *     .assertions(goodput("chat").gte(95.0));
   * }</pre>
   */
  public static LimitTarget<Double> goodput(String first, String... rest) {
    return LlmAssertions.goodput(path(first, rest));
  }

  /**
   * Limits the calls that failed; see {@link LlmAssertions#failed}.
   *
   * <pre>{@code
   * setUp(load(settings()).inject("hello", llm("chat").prompt("Say hello.")))
   *     .protocols(llm)
   *     .assertions(failed("chat").percent().lt(1.0));
   * }</pre>
   */
  public static CallLimit failed(String first, String... rest) {
    return LlmAssertions.failed(path(first, rest));
  }

  private static String[] path(String first, String[] rest) {
    String[] all = new String[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }

  private static CheckBuilder.Find<Double> measure(String name, Measure measure) {
    Function<LlmResponse, Optional<Double>> value =
        response -> {
          OptionalDouble found = measure.of(response.call());
          return found.isPresent() ? Optional.of(found.getAsDouble()) : Optional.empty();
        };
    return LlmChecks.measure(name, Double.class, value);
  }

  private static Optional<Integer> whole(OptionalLong value) {
    return value.isPresent() ? Optional.of(Math.toIntExact(value.getAsLong())) : Optional.empty();
  }
}
