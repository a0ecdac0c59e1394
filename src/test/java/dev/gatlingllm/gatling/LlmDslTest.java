package dev.gatlingllm.gatling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.LlmDsl;
import dev.gatlingllm.arrival.ArrivalSchedule;
import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.GivenSettings;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.ProviderConfig;
import dev.gatlingllm.experiment.Experiment;
import dev.gatlingllm.experiment.ProviderExperiment;
import dev.gatlingllm.experiment.ab.Ab;
import dev.gatlingllm.experiment.batch.Batch;
import dev.gatlingllm.experiment.bedrock.Scenarios;
import dev.gatlingllm.experiment.conversation.Sessions;
import dev.gatlingllm.experiment.heatmap.Heatmap;
import dev.gatlingllm.experiment.latency.LatencyCases;
import dev.gatlingllm.experiment.payload.Payloads;
import dev.gatlingllm.experiment.rag.Orchestrator;
import dev.gatlingllm.experiment.replay.MessagesReplay;
import dev.gatlingllm.experiment.replay.TraceReplay;
import dev.gatlingllm.experiment.sweep.Levels;
import dev.gatlingllm.gatling.call.OverHttp;
import dev.gatlingllm.provider.Message;
import io.gatling.javaapi.core.CoreDsl;
import io.gatling.javaapi.http.HttpDsl;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.PrimitiveIterator;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What a simulation needs is one import away. */
@Isolated // properties of the JVM
class LlmDslTest {

  @TempDir private Path folder;

  @Test
  void aConversationSimulationDoesWhatTheSettingsSay() throws Exception {
    Map<String, String> settings = new TreeMap<>();
    settings.put("llm.record.folder", folder.toString());
    settings.put("llm.load.rpm", "30");
    settings.put("llm.load.requests", "7");
    Object plan = PlansOfSettings.plan("chat.ConversationSimulation", settings);
    settings.put("llm.load.requests", "8");
    assertThat(PlansOfSettings.plan("chat.ConversationSimulation", settings)).isNotEqualTo(plan);
  }

  @Test
  void loadPromptsPlanAndLimitsAreTheSameByTheDsl() {
    var config = GivenSettings.of(Map.of("llm.slo.ttft.p95", "1 s", "llm.load.rpm", "30"));
    var prompts = LlmDsl.prompts(config);
    var sizes = prompts.sizes(config);

    assertThat(LlmDsl.expectedLoad(config, prompts, sizes).text())
        .isEqualTo("30 arrivals/min of 500/500 tokens");
    assertThat(LlmDsl.slo(config, "chat")).hasSameSizeAs(LlmAssertions.slo(config.slo(), "chat"));
    assertThat(LlmDsl.load(config).inject("hello", LlmDsl.llm("chat").prompt("Hi"))).isNotNull();
  }

  @Test
  void aPlanIsOfOneSizeOfClientsOrOfASchedule() {
    var config = GivenSettings.of(Map.of("llm.load.rpm", "30"));
    var prompts = LlmDsl.prompts(config);
    var sizes = prompts.sizes(config);
    var minute = Duration.ofMinutes(1);

    ExpectedLoad ofOneSize =
        LlmDsl.expectedLoad(config, prompts, LlmDsl.shape(prompts, 2_000, 200));
    assertThat(ofOneSize.text()).isEqualTo("30 arrivals/min of 2000/200 tokens");
    assertThat(ofOneSize.requests().get().maxTokens()).hasValue(200);

    assertThat(LlmDsl.expectedLoad(8, prompts, sizes).pace()).isEqualTo(new ExpectedLoad.Closed(8));

    var rates = LlmDsl.profile(LlmDsl.ramp(10, 600, minute), LlmDsl.noArrivals(minute));
    var schedule = LlmDsl.schedule(rates, LlmDsl.poisson(), 42);
    ExpectedLoad atArrivals = LlmDsl.expectedLoad(schedule, prompts, sizes);
    assertThat(atArrivals.text())
        .isEqualTo("ramp 10 to 600 rpm for 1 min 00 s, pause for 1 min 00 s of 500/500 tokens");
    assertThat(atArrivals.pace()).isEqualTo(new ExpectedLoad.Open(schedule));
    assertThat(atArrivals.sizes()).hasValue(sizes);
    assertThat(LlmDsl.expectedLoad(ArrivalSchedule.constant(60, minute), prompts, sizes).text())
        .isEqualTo("60 arrivals of 500/500 tokens");
  }

  @Test
  void aShapeWithoutRoomForAPromptIsRefused() {
    var prompts = LlmDsl.prompts(GivenSettings.of(Map.of()));
    assertThatThrownBy(() -> LlmDsl.shape(prompts, 1, 10))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("contextTokens must be at least")
        .hasMessageEndingWith("was 1");
  }

  @Test
  void promptsAreCutFromATextThatCanBeRead() {
    var config = GivenSettings.of(Map.of());
    var prompts = LlmDsl.promptsFrom("feeders/source-text.txt", config);
    assertThat(prompts.requests(LlmDsl.shape(prompts, 400, 100)).get().maxTokens()).hasValue(100);
    assertThatThrownBy(() -> LlmDsl.promptsFrom("nowhere.txt", config))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("nowhere.txt");
  }

  @Test
  void randomArrivalsAreThoseOfTheirSeedAndProcess() {
    var rates = LlmDsl.profile(LlmDsl.hold(600, Duration.ofMinutes(1)));
    List<Long> poisson = offsets(LlmDsl.schedule(rates, LlmDsl.poisson(), 42));

    assertThat(poisson)
        .hasSize(600)
        .isEqualTo(offsets(LlmDsl.schedule(rates, LlmDsl.poisson(), 42)))
        .isNotEqualTo(offsets(LlmDsl.schedule(rates, LlmDsl.poisson(), 43)))
        .isNotEqualTo(offsets(LlmDsl.schedule(rates, LlmDsl.gamma(0.5), 42)));
    assertThatThrownBy(() -> LlmDsl.gamma(0)).hasMessageContaining("burstiness");
  }

  private static List<Long> offsets(ArrivalSchedule schedule) {
    List<Long> all = new ArrayList<>();
    PrimitiveIterator.OfLong offsets = schedule.offsets();
    while (offsets.hasNext()) {
      all.add(offsets.nextLong());
    }
    return all;
  }

  @Test
  void simulatedSettingsAreNotThoseOfTheProvider() {
    var config =
        GivenSettings.of(
            Map.of(
                "llm.provider", "openai",
                "llm.openai.model", "m",
                "llm.openai.baseUrl", "https://example.invalid/v1"));
    assertThat(LlmDsl.simulated(config).provider())
        .isEqualTo(new ProviderConfig("simulator", "openai"));
  }

  @Test
  void eachExperimentIsThatOfItsName() {
    var config = GivenSettings.of(Map.of());
    Map<Class<? extends Experiment>, Function<LlmConfig, Experiment>> experiments =
        Map.ofEntries(
            Map.entry(Batch.class, LlmDsl::batches),
            Map.entry(Scenarios.class, LlmDsl::bedrockScenarios),
            Map.entry(Sessions.class, LlmDsl::conversations),
            Map.entry(Heatmap.class, LlmDsl::latencyHeatmap),
            Map.entry(LatencyCases.class, LlmDsl::latencyBenchmark),
            Map.entry(Payloads.class, LlmDsl::payloadFiles),
            Map.entry(Orchestrator.class, LlmDsl::orchestrator),
            Map.entry(MessagesReplay.class, LlmDsl::messagesReplay),
            Map.entry(TraceReplay.class, LlmDsl::traceReplay),
            Map.entry(Levels.class, LlmDsl::concurrencySweep));
    assertThat(experiments)
        .allSatisfy((type, made) -> assertThat(made.apply(config)).isInstanceOf(type));

    var two = GivenSettings.of(Map.of("llm.targets.0.model", "a", "llm.targets.1.model", "b"));
    assertThat(LlmDsl.abTest(two)).isInstanceOf(Ab.class);
  }

  @Test
  void oneSearchIsForARateAndTheOtherForClients() {
    var config = GivenSettings.of(Map.of("llm.slo.ttft.p95", "1 s"));
    assertThat(pace(LlmDsl.rateSearch(config))).isInstanceOf(ExpectedLoad.Open.class);
    assertThat(pace(LlmDsl.concurrencySearch(config))).isInstanceOf(ExpectedLoad.Closed.class);
  }

  private static ExpectedLoad.Pace pace(Experiment search) {
    return ((ProviderExperiment) search).expectedLoad().pace();
  }

  @Test
  void messagesAreOfWhoSaysThem() {
    assertThat(
            List.of(
                LlmDsl.systemMessage("Be short."),
                LlmDsl.userMessage("Hi"),
                LlmDsl.assistantMessage("Hello.")))
        .extracting(Message::role)
        .containsExactly(Message.Role.SYSTEM, Message.Role.USER, Message.Role.ASSISTANT);
  }

  @Test
  void aCallOverHttpReadsItsAnswerAsTheFormatSays() {
    var request = HttpDsl.http("ask").get("/");
    OverHttp json = LlmDsl.overHttp("my app", request, LlmDsl.jsonAnswer("text", "id"), "kept");
    assertThat(json.target()).isEqualTo("my app");
    assertThat(json.savedAs()).isEqualTo("kept");
    assertThat(json.format().mediaType()).isEqualTo("application/json");
    assertThat(LlmDsl.overHttp("my app", request, LlmDsl.textAnswer()).format().mediaType())
        .isEqualTo("text/plain");
    assertThat(LlmDsl.eventsAnswer("text", "").mediaType()).isEqualTo("text/event-stream");
    assertThatThrownBy(() -> LlmDsl.jsonAnswer("a..b"))
        .hasMessage("jsonAnswer's text must be a JMESPath expression, was \"a..b\"");
  }

  /** Else simulations that import all of both could not be compiled. */
  @Test
  void noMethodHasANameOfGatlingsOwnDsl() {
    assertThat(names(LlmDsl.class))
        .doesNotContainAnyElementsOf(names(CoreDsl.class))
        .doesNotContainAnyElementsOf(names(HttpDsl.class));
  }

  private static Set<String> names(Class<?> dsl) {
    return Stream.of(dsl.getMethods())
        .filter(method -> Modifier.isStatic(method.getModifiers()))
        .map(Method::getName)
        .collect(Collectors.toSet());
  }
}
