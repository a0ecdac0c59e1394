package dev.gatlingllm.gatling;

import static dev.gatlingllm.LlmDsl.llm;
import static dev.gatlingllm.gatling.CallsOfSettings.HERE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.GivenSettings;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.decision.AbComparison;
import dev.gatlingllm.decision.RunComparison;
import dev.gatlingllm.decision.Undecided;
import dev.gatlingllm.decision.VerdictGate;
import dev.gatlingllm.experiment.batch.FillOfSettings;
import dev.gatlingllm.experiment.capacity.PlayedSearch;
import dev.gatlingllm.experiment.conversation.SessionsOfSettings;
import dev.gatlingllm.experiment.heatmap.Heatmap;
import dev.gatlingllm.experiment.rag.QuestionsOfSettings;
import dev.gatlingllm.experiment.replay.TraceReplay;
import dev.gatlingllm.gatling.engine.EngineSettings;
import dev.gatlingllm.gatling.engine.LimitsOfSettings;
import dev.gatlingllm.gatling.engine.LlmProtocol;
import dev.gatlingllm.health.Verdict;
import dev.gatlingllm.hook.Hook;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.report.live.LiveReport;
import dev.gatlingllm.run.RunsOfSettings;
import dev.gatlingllm.simulator.ProcessSettings;
import dev.gatlingllm.stats.CallFixture;
import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.StatisticsCollector;
import dev.gatlingllm.telemetry.MetricsOfSettings;
import dev.gatlingllm.together.MeetingsOfSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every key of {@code reference.conf} changes something that can be observed: each is set to
 * another value, and what the product does must differ. That a setting is kept and shown, as in
 * {@code run.json}, does not count, but for the description and the labels of a run, which are
 * there for nothing else. A new key needs a line in the table.
 *
 * <p>In a value, {@code ENDPOINT} stands for an endpoint that keeps what it gets, and {@code TEMP}
 * for a folder.
 */
@Isolated
class SettingsHaveEffectTest {

  /** The key {@code llm.labels} and its like are groups: a name below them is set. */
  private record Effect(String key, String set, String value, Watch watch, List<String> given) {
    @Override
    public String toString() {
      return key;
    }

    Effect given(String... settings) {
      List<String> all = new ArrayList<>(given);
      all.addAll(List.of(settings));
      return new Effect(key, set, value, watch, all);
    }
  }

  /** Something that can be observed, under settings that all its keys need. */
  private record Watch(Observed observed, List<String> given) {}

  private interface Observed {
    Object of(Map<String, String> settings) throws Exception;
  }

  @TempDir private static Path temp;
  private static CallsOfSettings calls;
  private static final Map<List<?>, Object> WITHOUT = new HashMap<>();

  @BeforeAll
  static void start() throws IOException {
    calls = new CallsOfSettings(Files.createDirectory(temp.resolve("nowhere")));
    RunsOfSettings.writeMetrics(temp.resolve("metrics.csv"));
    Files.writeString(temp.resolve("questions.csv"), "Who?\nWhen?\n");
    Files.writeString(
        temp.resolve("token.conf"),
        "llm.serverMetrics.headers { Authorization = \"Bearer \"${?PATH} }");
    Files.writeString(
        temp.resolve("messages.jsonl"),
        "{\"messages\":[{\"role\":\"user\",\"content\":\"One\"}]}\n");
    Files.writeString(
        temp.resolve("talks.jsonl"),
        """
        {"messages":[{"role":"user","content":"One?"},{"role":"assistant","content":"As recorded.",\
        "timestamp":1000},{"role":"user","content":"Two?","timestamp":1009}]}
        {"messages":[{"role":"user","content":"Three?"}]}
        """);
    Files.writeString(
        temp.resolve("experiment.jsonl"), "{\"experiment_name\":\"other\",\"temperature\":0.7}\n");
  }

  @AfterAll
  static void stop() {
    calls.close();
  }

  private static Watch watch(Observed observed, String... given) {
    return new Watch(observed, List.of(given));
  }

  private interface OfSettings {
    Object of(LlmConfig config) throws Exception;
  }

  private static Watch of(OfSettings observed, String... given) {
    return watch(settings -> observed.of(GivenSettings.of(settings)), given);
  }

  private static Watch plan(String simulation, String... given) {
    List<String> all = new ArrayList<>(List.of(given));
    all.addAll(List.of("llm.profile.preventCaching=false", "llm.record.folder=TEMP"));
    return new Watch(settings -> PlansOfSettings.plan(simulation, settings), all);
  }

  private static Watch run(OfSettings observed, String... given) {
    List<String> all =
        new ArrayList<>(List.of("llm.record.folder=TEMP", "llm.console.progress=0 s"));
    all.addAll(List.of(given));
    return new Watch(settings -> observed.of(GivenSettings.of(settings)), all);
  }

  private static Effect key(String key, String value, Watch watch) {
    return new Effect("llm." + key, "llm." + key, value, watch, List.of());
  }

  private static Effect group(String key, String name, String value, Watch watch) {
    return new Effect("llm." + key, "llm." + key + "." + name, value, watch, List.of());
  }

  // What calls to a real provider send, and what comes of their answers.

  private static final Watch EXPORTED = watch(MetricsOfSettings::exported);
  private static final Watch AZURE =
      of(
          config -> calls.sent(config),
          "llm.provider=azure-openai",
          "llm.azure.endpoint=ENDPOINT",
          "llm.azure.deployment=d");
  private static final Watch NORTH =
      new Watch(c -> calls.sentNorth(GivenSettings.of(c)), AZURE.given);
  private static final Watch AZURE_IDENTITY =
      of(
          config -> calls.credentials(config),
          "llm.provider=azure-openai",
          "llm.azure.endpoint=https://127.0.0.1:9",
          "llm.azure.deployment=d");
  private static final Watch BEDROCK =
      of(
          config -> calls.sent(config),
          "llm.provider=bedrock",
          "llm.bedrock.endpoint=ENDPOINT",
          "llm.bedrock.region=us-east-1",
          "llm.bedrock.modelId=m",
          "llm.bedrock.http=http1");
  private static final Watch BEDROCK_IDENTITY =
      of(
          config -> calls.credentials(config),
          "llm.provider=bedrock",
          "llm.bedrock.endpoint=https://127.0.0.1:9",
          "llm.bedrock.region=us-east-1");
  private static final Watch BEDROCK_LETTERS =
      watch(
          settings -> calls.firstLetters(settings),
          "llm.provider=bedrock",
          "llm.bedrock.endpoint=" + HERE,
          "llm.bedrock.region=us-east-1",
          "llm.bedrock.modelId=m");
  private static final String ANSWER =
      """
      {"choices":[{"message":{"content":"Hi","reasoning_content":"Hm","tool_calls":
       [{"function":{"arguments":"{}"}}]},"finish_reason":"stop"}],
       "usage":{"prompt_tokens":11,"completion_tokens":12,
        "prompt_tokens_details":{"cached_tokens":3}},
       "other":{"text":"Ho","count":5}}""";
  private static final Watch CUSTOM = custom(200, ANSWER);
  private static final Watch CUSTOM_ERROR =
      custom(200, "{\"error\":{\"code\":\"c\",\"message\":\"m\"},\"other\":{\"text\":\"Ho\"}}");
  private static final Watch CUSTOM_EMPTY =
      custom(200, "{\"choices\":[{\"finish_reason\":\"stop\"}],\"other\":{\"text\":\"Ho\"}}");
  private static final Watch ANTHROPIC =
      of(
          config -> calls.sent(config),
          "llm.provider=anthropic",
          "llm.anthropic.baseUrl=ENDPOINT",
          "llm.anthropic.model=m");
  private static final Watch OPENAI =
      of(
          config -> calls.sent(config),
          "llm.provider=openai",
          "llm.openai.baseUrl=ENDPOINT/v1",
          "llm.openai.model=m");
  private static final Watch ANSWERED =
      new Watch(
          settings ->
              calls.answered(
                  GivenSettings.of(settings),
                  200,
                  settings.getOrDefault("llm.request.streaming", "").equals("false")
                      ? ANSWER
                      : "data: {\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}\n\ndata: [DONE]\n\n"),
          OPENAI.given);
  private static final Watch TOGETHER =
      new Watch(settings -> calls.together(GivenSettings.of(settings)), OPENAI.given);
  private static final Watch HANDSHAKE =
      watch(
          settings -> calls.silentHandshake(settings),
          "llm.provider=openai",
          "llm.openai.baseUrl=" + HERE,
          "llm.openai.model=m",
          "llm.timeout.connect=40 ms");

  private static Watch custom(int status, String json) {
    List<String> given = new ArrayList<>(BEDROCK.given);
    given.addAll(
        List.of(
            "llm.bedrock.api=invoke",
            "llm.bedrock.bodyFormat=custom",
            "llm.request.streaming=false"));
    return new Watch(s -> calls.answered(GivenSettings.of(s), status, json), given);
  }

  // What the engine, a run, a warm-up do.

  private static final Watch WAITING = of(EngineSettings::endsOfWaiting);
  private static final Watch THROTTLED = of(EngineSettings::pauses, "llm.retry.mode=backoff");
  private static final Watch CANCELLED =
      of(EngineSettings::cancels, "llm.cancel.share=0.5", "llm.cancel.after=2 s");
  private static final Watch LATE = of(EngineSettings::lateArrival);
  private static final Watch STATISTICS = of(EngineSettings::statistics);
  private static final Watch COMPARED = run(RunsOfSettings::comparedWithBaseline);
  private static final Watch STOPPED = run(RunsOfSettings::stoppedAfter);
  private static final Watch KEY_REFUSED = run(RunsOfSettings::stoppedAfterRefusals);
  private static final Watch SPENT = run(RunsOfSettings::maySpend);
  private static final Watch RECORDED = run(RunsOfSettings::recorded);
  private static final Watch LAST_LINE = run(RunsOfSettings::lastLine);
  private static final Watch PAGE = run(RunsOfSettings::page);
  private static final Watch SERVER =
      watch(
          settings -> {
            try {
              LlmConfig config = GivenSettings.of(settings);
              return ServerMetricsCheck.addresses(config, Optional.empty(), System.out);
            } catch (ConfigurationException refused) {
              return refused.getMessage();
            }
          });
  private static final Watch PLAIN =
      watch(
          settings -> {
            try {
              return GivenSettings.of(settings).serverMetrics().urls();
            } catch (ConfigurationException refused) {
              return refused.getMessage();
            }
          });
  private static final Watch BEFORE =
      of(
          config -> PlansOfSettings.beforeLoad(config, calls),
          "llm.record.folder=TEMP",
          "llm.warmUp.atMost=0 s",
          "llm.warmUp.probes=0",
          "llm.calibration.duration=0 s",
          "llm.simulator.wire=openai",
          "llm.simulator.ttft=1 ms");

  // What simulations plan.

  private static final Watch LOAD = plan("rpm.ShapeProfileSimulation");
  private static final Watch ARRIVALS = of(PlansOfSettings::arrivals);
  private static final Watch SHAPE = of(PlansOfSettings::shape, "llm.profile.preventCaching=false");
  private static final Watch SWEEP = plan("sweep.ConcurrencySweepSimulation");
  private static final Watch SEARCH =
      of(PlayedSearch::atQueue, "llm.slo.ttft.p95=200 ms", "llm.capacity.precision=20");
  private static final Watch QUOTA = of(PlayedSearch::atQuota, "llm.slo.ttft.p95=200 ms");
  private static final Watch HEATMAP = plan("heatmap.LatencyHeatmapSimulation");
  private static final Watch LATENCY = plan("latency.LatencyBenchmarkSimulation");
  private static final Watch PAYLOADS = plan("payloads.PayloadFilesSimulation");
  private static final Watch SCENARIOS = plan("compare.BedrockScenarioSimulation");
  private static final Watch BATCH = plan("batch.BatchSimulation");
  private static final Watch FILL = of(FillOfSettings::of);
  private static final Watch MESSAGES =
      of(
          config -> PlansOfSettings.first(ExpectedLoads.load(config, RecordedMessages.of(config))),
          "llm.profile.preventCaching=false");
  private static final Watch TALK =
      of(
          SessionsOfSettings::of,
          "llm.record.folder=TEMP",
          "llm.console.progress=0 s",
          "llm.load.clients=1",
          "llm.load.requests=6",
          "llm.profile.preventCaching=false");
  private static final String TALKS = "llm.conversation.file=TEMP/talks.jsonl";
  private static final Watch REPLAY = plan("replay.TraceReplaySimulation");
  private static final Watch REFUSED =
      watch(
          settings -> {
            try {
              return TraceReplay.of(GivenSettings.of(settings)).expectedLoad().text();
            } catch (ConfigurationException refused) {
              return refused.getMessage();
            }
          });
  private static final Watch RAG = plan("rag.OrchestratorSimulation");
  private static final Watch ASKED = of(QuestionsOfSettings::of, "llm.record.folder=TEMP");

  // What calls to the simulated endpoint meet.

  private static final Watch SIMULATED = simulated(config -> calls.simulated(config));
  private static final Watch REPEATED = simulated(config -> calls.repeated(config));

  private static Watch simulated(OfSettings observed, String... given) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "llm.simulator.ttft=0 s",
                "llm.simulator.tokensPerSecond=10000",
                "llm.simulator.jitter=0"));
    all.addAll(List.of(given));
    return new Watch(settings -> observed.of(GivenSettings.of(settings)), all);
  }

  static List<Effect> table() {
    return List.of(
        key("provider", "azure-openai", of(c -> calls.credentials(c)))
            .given(
                "llm.azure.endpoint=ENDPOINT",
                "llm.azure.deployment=d",
                "llm.simulator.wire=openai"),
        key("seed", "2", SHAPE),
        key("description", "a nightly run", PAGE),
        group("labels", "night", "a label of the user", PAGE),
        key("hooks", Doubling.class.getName(), of(SettingsHaveEffectTest::hooked))
            .given("llm.record.folder=TEMP"),
        key("tokenizer", "cl100k_base", RECORDED),
        key("userAgent", "other-agent", OPENAI),
        key("maxConnections", "1", TOGETHER),
        key("limit.eventBytes", "9", ANSWERED),
        key("limit.answerBytes", "9", ANSWERED).given("llm.request.streaming=false"),
        key("warmUp.atMost", "1 ms", BEFORE),
        key("warmUp.atLeast", "7 s", of(PlansOfSettings::warmUpCalls)),
        key("warmUp.target", "calls", BEFORE),
        key("warmUp.connections", "2", BEFORE).given("llm.warmUp.target=connect"),
        key("warmUp.probes", "2", BEFORE),
        key("warmUp.calls", "2", BEFORE).given("llm.warmUp.target=calls"),
        key("calibration.duration", "1 s", BEFORE),
        key("azure.endpoint", "ENDPOINT/other", AZURE),
        key("azure.deployment", "other", AZURE),
        key("azure.apiVersion", "2025-01-01", AZURE),
        key("azure.maxTokensField", "max_completion_tokens", AZURE),
        key("azure.streamOptions", "off", AZURE),
        key("azure.plainHttp", "allow", of(c -> calls.credentials(c)))
            .given(
                "llm.provider=azure-openai",
                "llm.azure.endpoint=http://192.0.2.1",
                "llm.azure.deployment=d",
                "llm.azure.keyVariable=OTHER_KEY"),
        key("azure.keyVariable", "OTHER_KEY", AZURE),
        key("azure.credential", "chain", AZURE_IDENTITY),
        key("bedrock.region", "eu-west-1", BEDROCK),
        key("bedrock.modelId", "other", BEDROCK),
        key("bedrock.api", "invoke", BEDROCK),
        key("bedrock.bodyFormat", "llama", BEDROCK).given("llm.bedrock.api=invoke"),
        group("bedrock.custom.request", "ask", "#{prompt}", BEDROCK)
            .given(
                "llm.bedrock.api=invoke",
                "llm.bedrock.bodyFormat=custom",
                "llm.bedrock.custom.request.most=#{maxTokens}",
                "llm.bedrock.custom.request.all=#{messages}"),
        key("bedrock.custom.text", "other.text", CUSTOM),
        key("bedrock.custom.reasoning", "other.text", CUSTOM),
        key("bedrock.custom.toolArgument", "other.text", CUSTOM),
        key("bedrock.custom.hiddenReasoning", "other.text", CUSTOM_EMPTY),
        key("bedrock.custom.reasoningSignature", "other.text", CUSTOM_EMPTY),
        key("bedrock.custom.toolStart", "other.text", CUSTOM_EMPTY),
        key("bedrock.custom.media", "other.text", CUSTOM_EMPTY),
        key("bedrock.custom.model", "other.text", CUSTOM),
        key("bedrock.custom.stopReason", "other.text", CUSTOM),
        key("bedrock.custom.inputTokens", "other.count", CUSTOM)
            .given("llm.bedrock.custom.allInputTokens="),
        key("bedrock.custom.allInputTokens", "other.count", CUSTOM),
        key("bedrock.custom.cachedInputTokens", "other.count", CUSTOM),
        key("bedrock.custom.cacheWriteTokens", "other.count", CUSTOM),
        key("bedrock.custom.outputTokens", "other.count", CUSTOM),
        key("bedrock.custom.errorCode", "other.text", CUSTOM_ERROR),
        key("bedrock.custom.errorMessage", "other.text", CUSTOM_ERROR),
        key("bedrock.guardrail.id", "other", BEDROCK)
            .given("llm.bedrock.guardrail.id=g", "llm.bedrock.guardrail.version=1"),
        key("bedrock.guardrail.version", "2", BEDROCK)
            .given("llm.bedrock.guardrail.id=g", "llm.bedrock.guardrail.version=1"),
        key("bedrock.guardrail.streamProcessingMode", "async", BEDROCK)
            .given("llm.bedrock.guardrail.id=g", "llm.bedrock.guardrail.version=1"),
        key("bedrock.serviceTier", "flex", BEDROCK),
        key("bedrock.endpoint", "ENDPOINT/other", BEDROCK),
        key("bedrock.latency", "optimized", BEDROCK),
        key("bedrock.http", "http1", BEDROCK_LETTERS),
        key("bedrock.credential", "chain", BEDROCK_IDENTITY),
        key("anthropic.baseUrl", "ENDPOINT/other", ANTHROPIC),
        key("anthropic.model", "other", ANTHROPIC),
        key("anthropic.version", "2026-10-21", ANTHROPIC),
        key("openai.baseUrl", "ENDPOINT/other", OPENAI),
        key("openai.model", "other", OPENAI),
        key("openai.api", "responses", OPENAI),
        key("openai.keyHeader", "api-key", OPENAI),
        key("openai.maxTokensField", "max_completion_tokens", OPENAI),
        key("openai.streamOptions", "off", OPENAI),
        key("anthropic.authMethod", "sigv4", of(c -> calls.credentials(c)))
            .given("llm.provider=anthropic", "llm.anthropic.model=m"),
        key("anthropic.region", "us-east-2", of(c -> calls.credentials(c)))
            .given(
                "llm.provider=anthropic",
                "llm.anthropic.model=m",
                "llm.anthropic.authMethod=bedrock-token"),
        key("openai.authMethod", "sigv4", of(c -> calls.credentials(c)))
            .given(
                "llm.provider=openai",
                "llm.openai.model=m",
                "llm.openai.baseUrl=https://bedrock-mantle.us-east-2.api.aws/v1"),
        key("openai.region", "us-east-2", of(c -> calls.credentials(c)))
            .given(
                "llm.provider=openai", "llm.openai.model=m", "llm.openai.authMethod=bedrock-token"),
        key("anthropic.plainHttp", "allow", of(c -> calls.credentials(c)))
            .given(
                "llm.provider=anthropic",
                "llm.anthropic.baseUrl=http://192.0.2.1",
                "llm.anthropic.model=m"),
        key("openai.plainHttp", "allow", of(c -> calls.credentials(c)))
            .given(
                "llm.provider=openai",
                "llm.openai.baseUrl=http://192.0.2.1/v1",
                "llm.openai.model=m"),
        key("bedrock.plainHttp", "allow", of(c -> calls.credentialsWithProfile(c)))
            .given(
                "llm.provider=bedrock",
                "llm.bedrock.endpoint=http://192.0.2.1",
                "llm.bedrock.region=us-east-1"),
        group("regions", "north", "ENDPOINT/north", NORTH),
        key("targets", "[{model = other, extraBody { top_k = 5 }}]", OPENAI),
        key("load.rpm", "60", ARRIVALS),
        key("load.duration", "10 s", ARRIVALS),
        key("load.requests", "7", ARRIVALS),
        key("load.drain", "0 s", run(RunsOfSettings::waitsForCalls)),
        key("load.until", "all", ARRIVALS).given("llm.load.duration=10 s", "llm.load.requests=7"),
        key("load.clients", "3", LOAD),
        key("load.profile", "ramp 0 to 600 in 9s", ARRIVALS),
        key("load.arrivals", "poisson", ARRIVALS),
        key("load.burstiness", "0.5", ARRIVALS)
            .given("llm.load.arrivals=gamma", "llm.load.burstiness=2"),
        key("load.share", "1/2", ARRIVALS),
        key("load.startAt", "2026-01-31T12:10:00Z", of(MeetingsOfSettings::begins)),
        key("load.timeServer", "127.0.0.1:9", of(MeetingsOfSettings::reference)),
        key("load.barrier", "TEMP/barrier", of(MeetingsOfSettings::waits))
            .given("llm.load.share=0/2"),
        key("load.barrierTimeout", "3 min", of(MeetingsOfSettings::givesUp))
            .given("llm.load.share=0/2", "llm.load.barrier=TEMP/other-barrier"),
        key("load.maxScheduleDelay", "2 s", LATE),
        key("load.catchUp", "true", LATE),
        key("profile.shape", "context", SHAPE),
        key("profile.contextTokens", "600", SHAPE)
            .given(
                "llm.profile.shape=custom",
                "llm.profile.contextTokens=500",
                "llm.profile.maxTokens=50"),
        key("profile.maxTokens", "60", SHAPE)
            .given(
                "llm.profile.shape=custom",
                "llm.profile.contextTokens=500",
                "llm.profile.maxTokens=50"),
        key("profile.inputTokens", "600", SHAPE),
        key("profile.outputTokens", "uniform 10 to 400", SHAPE),
        key("profile.mix", "60 % context, 40 % custom 80/20", SHAPE),
        key("profile.prefix.tokens", "30", SHAPE),
        key("profile.prefix.variants", "9", SHAPE).given("llm.profile.prefix.tokens=30"),
        key("profile.prefix.share", "0", SHAPE).given("llm.profile.prefix.tokens=30"),
        key("profile.preventCaching", "false", of(PlansOfSettings::samePrompts)),
        key("request.streaming", "false", OPENAI),
        key("request.temperature", "0.3", OPENAI),
        key("request.topP", "0.4", OPENAI),
        key("request.presencePenalty", "0.5", OPENAI),
        key("request.frequencyPenalty", "0.6", OPENAI),
        key("request.n", "2", OPENAI),
        key("request.seed", "3", OPENAI),
        key("request.reasoningEffort", "low", OPENAI),
        key("request.thinkingBudget", "1024", BEDROCK)
            .given("llm.bedrock.modelId=anthropic.m", "llm.bedrock.api=invoke"),
        key("request.stop", "END", OPENAI),
        group("request.extraBody", "top_k", "5", OPENAI),
        group("request.headers", "x-team", "perf", OPENAI),
        key("request.attachments.folder", "feeders/attachments", OPENAI),
        key("request.attachments.perCall", "2", OPENAI)
            .given("llm.request.attachments.folder=feeders/attachments"),
        key("sweep.levels", "1,3", SWEEP),
        key("sweep.duration", "9 s", SWEEP),
        key("sweep.minCallsPerLevel", "33", SWEEP),
        key("sweep.minCallsPerClient", "44", SWEEP),
        key("capacity.from", "100", SEARCH),
        key("capacity.to", "70", SEARCH),
        key("capacity.precision", "5", SEARCH),
        key("capacity.probe.atLeast", "90 s", SEARCH),
        key("capacity.probe.atMost", "30 s", SEARCH),
        key("capacity.confirm", "0 s", SEARCH),
        key("capacity.pause", "20 s", SEARCH),
        key("capacity.window", "90 s", QUOTA),
        key("capacity.atMost.duration", "60 s", SEARCH),
        key("capacity.atMost.calls", "90", SEARCH),
        key("capacity.atMost.tokens", "9000", SEARCH),
        key("heatmap.inputTokens", "60,300", HEATMAP),
        key("heatmap.outputTokens", "7,8", HEATMAP),
        key("heatmap.callsPerCell", "2", HEATMAP),
        key("heatmap.clients", "3", HEATMAP),
        key(
                "heatmap.sourceFile",
                "feeders/README.md",
                of(c -> PlansOfSettings.first(Heatmap.of(c).expectedLoad())))
            .given("llm.profile.preventCaching=false"),
        key("latency.deployments", "a,b", LATENCY),
        key("latency.regions", "south", LATENCY)
            .given("llm.regions.north=ENDPOINT", "llm.regions.south=ENDPOINT"),
        key("latency.maxTokens", "70", LATENCY),
        key("latency.contextTokens", "900", LATENCY),
        key("latency.iterations", "2", LATENCY),
        key("latency.streaming", "both", LATENCY),
        key("latency.order", "concurrent", LATENCY),
        key("latency.sameModelInterval", "7 s", LATENCY),
        key("latency.differentModelInterval", "8 s", LATENCY).given("llm.latency.deployments=a,b"),
        key("latency.temperature", "0.3", LATENCY),
        key("payloads.path", "feeders/messages-images.jsonl", PAYLOADS),
        key("payloads.clients", "3", PAYLOADS),
        key("payloads.passes", "2", PAYLOADS),
        key("payloads.sentBy", "eachClient", PAYLOADS),
        key("payloads.order", "file", PAYLOADS),
        key("scenarios.file", "feeders/bedrock-caching.jsonl", SCENARIOS),
        key("scenarios.experimentFile", "TEMP/experiment.jsonl", SCENARIOS),
        key("scenarios.experiments", "2", SCENARIOS),
        key("scenarios.invocationsPerScenario", "3", SCENARIOS),
        key("scenarios.parallelCalls", "3", SCENARIOS),
        key("scenarios.sleepBetweenInvocations", "7 s", SCENARIOS),
        key("scenarios.models", "m1", SCENARIOS),
        key("scenarios.regions", "r1", SCENARIOS),
        key("scenarios.labels", "task", SCENARIOS),
        key("scenarios.sampling", "none", SCENARIOS)
            .given("llm.scenarios.experimentFile=TEMP/experiment.jsonl"),
        key("ab.pairs", "3", plan("compare.AbSimulation"))
            .given("llm.targets.0.model=a", "llm.targets.1.model=b"),
        key("ab.worse", "e2e.p50=3%", of(SettingsHaveEffectTest::pairs)),
        key("batch.workloads", "300-40-30", BATCH),
        key("batch.batches", "2", BATCH),
        key("batch.interval", "7 s", BATCH).given("llm.batch.batches=2"),
        key("batch.fill.enabled", "true", BATCH),
        key("batch.fill.contextTokens", "300", BATCH).given("llm.batch.fill.enabled=true"),
        key("batch.fill.maxTokens", "33", BATCH).given("llm.batch.fill.enabled=true"),
        key("batch.fill.clients", "3", BATCH).given("llm.batch.fill.enabled=true"),
        key("batch.fill.utilization", "0.02", FILL),
        key("batch.fill.atMost", "7 s", FILL),
        key("batch.fill.atMostTokens", "5000", FILL),
        key("messages.file", "TEMP/messages.jsonl", MESSAGES),
        key("messages.order", "random", MESSAGES),
        key("messages.maxTokens", "70", MESSAGES),
        key("conversation.file", "TEMP/talks.jsonl", TALK),
        key("conversation.order", "random", TALK).given(TALKS),
        key("conversation.turns", "2", TALK),
        key("conversation.thinkTime", "7 s", TALK),
        key("conversation.waits", "thinkTime", TALK).given(TALKS),
        key("conversation.systemTokens", "70", TALK),
        key("conversation.firstTokens", "80", TALK),
        key("conversation.followUpTokens", "90", TALK),
        key("conversation.maxTokens", "9", TALK),
        key("conversation.history", "stored", TALK)
            .given("llm.simulator.wire=openai", "llm.openai.api=responses"),
        key("conversation.answers", "recorded", TALK).given(TALKS),
        key("conversation.cachePoints", "true", TALK),
        key("replay.file", "feeders/trace-mooncake-example.jsonl", REPLAY),
        key("replay.format", "mooncake", REFUSED),
        key("replay.speed", "2", REPLAY),
        key("replay.from", "5 s", REPLAY),
        key("replay.length", "5 s", REPLAY),
        key("rag.url", "ENDPOINT", ASKED),
        key("rag.path", "/other", RAG),
        key("rag.keyHeader", "x-other", ASKED),
        key("rag.keyVariable", "OTHER_KEY", ASKED).given("llm.rag.url=ENDPOINT"),
        key("rag.body", "{\"ask\":\"#{question}\"}", ASKED),
        key("rag.answer", "sse", ASKED),
        key("rag.text", "other", ASKED),
        key("rag.conversationId", "other", ASKED),
        key("rag.refused", "no comment", ASKED),
        key("rag.questions", "TEMP/questions.csv", ASKED),
        key("rag.turns", "2", ASKED),
        key("rag.users", "3", RAG),
        key("rag.delay", "7 s", RAG),
        key("rag.rampUp", "8 s", RAG),
        key("rag.duration", "99 s", RAG),
        key("rag.pause", "7 s", ASKED),
        key("rag.pauseUpTo", "8 s", ASKED),
        key("rag.p95", "7 s", ASKED),
        key("stop.failures", "50", STOPPED),
        key("stop.window", "7 s", STOPPED).given("llm.stop.failures=50"),
        key("stop.early", "off", KEY_REFUSED),
        key("quota.requestsPerMinute", "60", of(PlansOfSettings::quota)),
        key("quota.tokensPerMinute", "60000", of(PlansOfSettings::quota)),
        key("spend.maxTokens", "100", SPENT),
        key("spend.maxCost", "0.001", SPENT).given("llm.cost.prices=feeders/prices-example.conf"),
        key("timeout.connect", "60 ms", HANDSHAKE),
        key("timeout.idle", "1 ns", of(c -> calls.reuses(c), OPENAI.given().toArray(String[]::new)))
            .given("llm.request.streaming=false"),
        key("timeout.firstToken", "7 s", WAITING),
        key("timeout.stall", "8 s", WAITING),
        key("timeout.total", "9 s", WAITING),
        key("retry.mode", "header", THROTTLED),
        key("retry.maxAttempts", "3", THROTTLED),
        key("retry.backoff", "3 s", THROTTLED),
        key("retry.maxTime", "2 s", THROTTLED),
        key("retry.staleConnection", "true", THROTTLED),
        key("cancel.share", "0.7", CANCELLED),
        key("cancel.after", "3 s", CANCELLED),
        key("cancel.afterFirstToken", "1 s", CANCELLED),
        key("cancel.delay", "exponential", CANCELLED),
        key("cancel.sigma", "0.7", CANCELLED).given("llm.cancel.delay=lognormal"),
        group("slo.ttft", "p95", "1 s", of(SettingsHaveEffectTest::limits)),
        group("slo.e2e", "max", "2 s", of(SettingsHaveEffectTest::limits)),
        group("slo.ttftUser", "p95", "1 s", of(SettingsHaveEffectTest::limits)),
        group("slo.e2eUser", "max", "2 s", of(SettingsHaveEffectTest::limits)),
        group("slo.tokensPerSecond", "p5", "30", of(SettingsHaveEffectTest::limits)),
        key("slo.failures", "3", of(SettingsHaveEffectTest::limits)),
        key("slo.goodput", "90", of(SettingsHaveEffectTest::limits)),
        key("slo.abort", "on", run(RunsOfSettings::endedByAMissedLimit)),
        key("slo.call.ttft", "300 ms", STATISTICS),
        key("slo.call.tpot", "1 ms", STATISTICS),
        key("slo.call.e2e", "900 ms", STATISTICS),
        key("gate.verdict", "trusted", of(SettingsHaveEffectTest::gate)),
        key("gate.undecided", "fail", of(SettingsHaveEffectTest::undecided)),
        key("gate.atMost.duration", "40 s", run(RunsOfSettings::goesOn))
            .given("llm.gate.undecided=extend", "llm.gate.atMost.calls=1000"),
        key("gate.atMost.calls", "50", run(RunsOfSettings::goesOn))
            .given("llm.gate.undecided=extend", "llm.gate.atMost.duration=1 h"),
        key("gate.atMost.tokens", "2000", run(RunsOfSettings::goesOn))
            .given("llm.gate.undecided=extend", "llm.gate.atMost.duration=1 h"),
        key("gate.baseline", "TEMP/none", COMPARED),
        key("gate.worse", "e2e.p50=3%", COMPARED)
            .given("llm.gate.baseline=TEMP/kept", "llm.gate.otherSettings=accept"),
        key("gate.otherSettings", "accept", COMPARED).given("llm.gate.baseline=TEMP/kept"),
        key("record.folder", "TEMP/elsewhere", run(RunsOfSettings::parent)),
        key("record.content", "true", RECORDED),
        key("record.heapDump", "true", of(SettingsHaveEffectTest::heapDump))
            .given("llm.record.folder=TEMP"),
        key("record.answerChars", "7", RECORDED).given("llm.record.content=true"),
        key("record.stallThreshold", "3 s", RECORDED),
        key("record.splitBy", "clients", run(RunsOfSettings::parts)),
        key("record.labelCache", "on", RECORDED),
        key("cost.prices", "feeders/prices-example.conf", run(RunsOfSettings::files)),
        key("console.progress", "10 ms", run(RunsOfSettings::progressLines)),
        key("otlp.endpoint", MetricsOfSettings.COLLECTOR, EXPORTED),
        group("otlp.headers", "x-team", "perf", EXPORTED)
            .given("llm.otlp.endpoint=" + MetricsOfSettings.COLLECTOR),
        key("otlp.interval", "7 s", of(MetricsOfSettings::interval))
            .given("llm.otlp.endpoint=http://127.0.0.1:9"),
        group("otlp.resource", "team", "perf", EXPORTED)
            .given("llm.otlp.endpoint=" + MetricsOfSettings.COLLECTOR),
        key("prometheus.port", "0", of(MetricsOfSettings::console)),
        key("prometheus.bind", "0.0.0.0", of(MetricsOfSettings::console))
            .given("llm.prometheus.port=0"),
        key("prometheus.lastScrape", "1 ms", of(MetricsOfSettings::console))
            .given("llm.prometheus.port=0"),
        key("serverMetrics.url", "ENDPOINT/metrics", SERVER),
        key("serverMetrics.required", "false", SERVER)
            .given("llm.serverMetrics.url=http://127.0.0.1:9"),
        key("serverMetrics.plainHttp", "allow", PLAIN)
            .given("llm.conf=TEMP/token.conf", "llm.serverMetrics.url=http://192.0.2.1"),
        group("serverMetrics.headers", "x-team", "perf", of(c -> calls.metricsHeaders(c)))
            .given("llm.serverMetrics.url=ENDPOINT", "llm.serverMetrics.required=false"),
        key("serverMetrics.interval", "5 s", run(RunsOfSettings::readings)),
        key("serverMetrics.metrics", "up", run(RunsOfSettings::readings)),
        key("console.lines", "10 ms", run(RunsOfSettings::consoleLines))
            .given("llm.console.progress=10 ms"),
        key("console.show", "none", LAST_LINE),
        key("live", "0", of(SettingsHaveEffectTest::live)),
        key("liveAddresses", "all", REFUSED).given("llm.live=0.0.0.0:0"),
        key("serverMetrics.files", "TEMP/metrics.csv", PAGE),
        key("serverMetrics.zone", "+09:00", PAGE).given("llm.serverMetrics.files=TEMP/metrics.csv"),
        key("progress.window", "7 s", LAST_LINE),
        key("progress.format", "jsonl", LAST_LINE),
        key("simulator.wire", "openai", SIMULATED),
        key("simulator.ttft", "110 ms", simulated(c -> calls.slow(c))),
        key("simulator.prefillPerToken", "20 ms", simulated(c -> calls.slow(c))),
        key("simulator.tokensPerSecond", "30", simulated(c -> calls.slow(c))),
        key("simulator.tokensPerChunk", "1", SIMULATED),
        key("simulator.jitter", "0.9", simulated(c -> calls.early(c), "llm.simulator.ttft=200 ms")),
        key("simulator.reasoningTokens", "7", SIMULATED),
        key("simulator.cacheTtl", "60 s", REPEATED),
        key("simulator.cacheMinTokens", "4096", REPEATED).given("llm.simulator.cacheTtl=60 s"),
        key("simulator.capacity", "1", simulated(c -> calls.waits(c), "llm.simulator.ttft=300 ms")),
        key("simulator.spilloverShare", "1", SIMULATED),
        key(
            "simulator.spilloverAbove",
            "1",
            simulated(c -> calls.handsOver(c), "llm.simulator.ttft=300 ms")),
        key(
            "simulator.spilloverTtft",
            "110 ms",
            simulated(c -> calls.slow(c), "llm.simulator.spilloverShare=1")),
        key("simulator.requestsPerMinute", "1", REPEATED),
        key("simulator.tokensPerMinute", "700", REPEATED),
        key("simulator.tls", "true", SIMULATED),
        key(
            "simulator.interChunkJitter",
            "0.9",
            simulated(
                c -> calls.slow(c),
                "llm.simulator.tokensPerChunk=5",
                "llm.simulator.tokensPerSecond=36")),
        key("simulator.outputTokens", "4", SIMULATED),
        key("simulator.defaultMaxTokens", "7", simulated(c -> calls.unbounded(c))),
        key("simulator.reasoningStreamed", "false", SIMULATED)
            .given("llm.simulator.reasoningTokens=7"),
        key("simulator.cachedFraction", "0.5", SIMULATED),
        key(
            "simulator.queueLimit",
            "1",
            simulated(
                c -> calls.turnsAway(c), "llm.simulator.capacity=1", "llm.simulator.ttft=300 ms")),
        key("simulator.burst", "1 s", REPEATED).given("llm.simulator.requestsPerMinute=60"),
        key("simulator.retryAfter", "false", SIMULATED)
            .given("llm.simulator.faults.throttle=1", "llm.simulator.retryAfterMillis=false"),
        key("simulator.retryAfterMillis", "false", SIMULATED)
            .given("llm.simulator.faults.throttle=1", "llm.simulator.throttleWait=1500 ms"),
        key("simulator.throttleWait", "3 s", SIMULATED).given("llm.simulator.faults.throttle=1"),
        key("simulator.threads", "1", simulated(c -> calls.loops(c))),
        key("simulator.region", "north", SIMULATED),
        key("simulator.utilizationPercent", "50", SIMULATED),
        key("simulator.faultAfterChunks", "1", SIMULATED).given("llm.simulator.faults.cut=1"),
        key("simulator.faults.keepaliveComments", "1", SIMULATED),
        key("simulator.faults.throttle", "1", SIMULATED),
        key("simulator.faults.reject", "1", SIMULATED),
        key("simulator.faults.serverError", "1", SIMULATED),
        key("simulator.faults.unavailable", "1", SIMULATED),
        key("simulator.faults.hang", "1", SIMULATED).given("llm.timeout.firstToken=2 s"),
        key("simulator.faults.stall", "1", SIMULATED)
            .given("llm.timeout.firstToken=2 s", "llm.timeout.stall=2 s"),
        key("simulator.faults.cut", "1", SIMULATED),
        key("simulator.faults.reset", "1", SIMULATED),
        key("simulator.faults.errorEvent", "1", SIMULATED),
        key("simulator.faults.malformed", "1", SIMULATED),
        key("simulator.faults.noDone", "1", SIMULATED),
        key("simulator.faults.empty", "1", SIMULATED),
        key("simulator.faults.filtered", "1", SIMULATED),
        key("simulator.faults.noUsage", "1", SIMULATED),
        key("simulator.faults.apology", "1", SIMULATED),
        key("simulator.faults.errorText", "1", SIMULATED));
  }

  @ParameterizedTest
  @MethodSource("table")
  void withAnotherValueSomethingElseHappens(Effect effect) throws Exception {
    List<String> given =
        Stream.concat(effect.watch().given().stream(), effect.given().stream()).toList();
    Map<String, String> settings = settings(given);
    Object without = without(effect.watch(), given, settings);
    Map<String, String> changed = new TreeMap<>(settings);
    changed.put(effect.set(), filled(effect.value()));

    assertThat(effect.watch().observed().of(changed).toString()).isNotEqualTo(without.toString());
  }

  /** Observed twice, once for all keys: a difference must come of the key and not of chance. */
  private static Object without(Watch watch, List<String> given, Map<String, String> settings)
      throws Exception {
    List<?> key = List.of(watch, given);
    if (!WITHOUT.containsKey(key)) {
      Object first = watch.observed().of(settings);
      assertThat(watch.observed().of(settings).toString())
          .as("the same settings, observed again")
          .isEqualTo(first.toString());
      WITHOUT.put(key, first);
    }
    return WITHOUT.get(key);
  }

  private static Map<String, String> settings(List<String> given) {
    Map<String, String> settings = new TreeMap<>();
    for (String one : given) {
      String[] parts = one.split("=", 2);
      settings.put(parts[0], filled(parts[1]));
    }
    return settings;
  }

  private static String filled(String value) {
    return value.replace("ENDPOINT", calls.address()).replace("TEMP", temp.toString());
  }

  @Test
  void everyKeyIsInTheTableAndTheTableHasNoOther() {
    Set<String> keys = new TreeSet<>();
    addKeys("llm", ConfigFactory.parseResources("reference.conf").getObject("llm"), keys);
    // A run refuses them; SimulatorMainTest observes the process that takes them.
    for (RecordComponent ofProcess : ProcessSettings.class.getRecordComponents()) {
      keys.remove("llm.simulator." + ofProcess.getName());
    }

    assertThat(table().stream().map(Effect::key)).containsExactlyInAnyOrderElementsOf(keys);
  }

  private static void addKeys(String path, ConfigObject group, Set<String> keys) {
    for (Map.Entry<String, ConfigValue> entry : group.entrySet()) {
      String key = path + "." + entry.getKey();
      if (entry.getValue() instanceof ConfigObject below && !below.isEmpty()) {
        addKeys(key, below, keys);
      } else {
        keys.add(key);
      }
    }
  }

  /** A hook that asks for twice as many tokens. */
  public static final class Doubling implements Hook {
    @Override
    public LlmRequest beforeCall(String name, LlmRequest request) {
      return request.withMaxTokens(2 * request.maxTokens().orElse(0));
    }
  }

  private static LlmProtocol protocol(LlmConfig config) {
    return (LlmProtocol) llm.config(config).protocol();
  }

  private static Object hooked(LlmConfig config) throws Exception {
    LlmProtocol protocol = protocol(config);
    try (LlmClient unused = protocol.client()) {
      LlmRequest request = LlmRequest.ofPrompt("Hi").withMaxTokens(9);
      for (Hook hook : protocol.hooks()) {
        request = hook.beforeCall("chat", request);
      }
      return request.maxTokens();
    }
  }

  private static Object heapDump(LlmConfig config) {
    HotSpotDiagnosticMXBean jvm =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    String option = "HeapDumpOnOutOfMemoryError";
    String before = jvm.getVMOption(option).getValue();
    try (LlmClient unused = protocol(config).client()) {
      return jvm.getVMOption(option).getValue();
    } finally {
      jvm.setVMOption(option, before);
    }
  }

  private static Object limits(LlmConfig config) {
    return LimitsOfSettings.declaredBy(config.slo(), () -> {});
  }

  private static Object undecided(LlmConfig config) {
    return Undecided.ofConfiguration(config.effective());
  }

  private static Object pairs(LlmConfig config) {
    StatisticsCollector calls =
        new StatisticsCollector(CallObjectives.NONE, PercentileRule.SHOW_ALL);
    for (String target : List.of("a", "b")) {
      Map<String, String> labels = Map.of(AbComparison.PAIR, "01", "target", target);
      calls.add(CallFixture.call().labels(labels).record(), 0);
    }
    return AbComparison.judge(
        config.effective(), new RunComparison.Collected(calls.result(), calls));
  }

  private static Object live(LlmConfig config) {
    Optional<LiveReport> live =
        LiveReport.open(
            config.live(), () -> 0, new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    live.ifPresent(LiveReport::close);
    return live.isPresent();
  }

  private static Object gate(LlmConfig config) {
    return VerdictGate.of(config.gate().verdict()).judge(Verdict.unknown("not measured"));
  }
}
