package dev.gatlingllm.gatling;

import static dev.gatlingllm.LlmDsl.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.gatling.engine.LlmProtocol;
import dev.gatlingllm.gatling.engine.PlayedService;
import dev.gatlingllm.gatling.engine.Preparation;
import dev.gatlingllm.gatling.engine.Stage;
import dev.gatlingllm.hook.Hook;
import dev.gatlingllm.input.Payload;
import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Parameter;
import dev.gatlingllm.provider.SplitTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LlmProtocolBuilderTest {

  @TempDir private Path folder;

  /** A client that a setting names. */
  public static final class Named implements LlmClient {
    @Override
    public String provider() {
      return "named";
    }

    @Override
    public CallHandle start(LlmRequest request, CallListener listener) {
      return () -> {};
    }

    @Override
    public void close() {}
  }

  /** A hook that a setting names. */
  public static final class Noting implements Hook {}

  private LlmProtocolBuilder builder(String... settings) {
    return LlmProtocolBuilder.ofSettings().config(Stage.settings(folder, settings));
  }

  private static LlmProtocol built(LlmProtocolBuilder builder) {
    LlmProtocol protocol = (LlmProtocol) builder.protocol();
    protocol.client().close();
    return protocol;
  }

  @Test
  void aClientOfTheSimulationIsTakenAsItIs() {
    PlayedService service = PlayedService.answering(Duration.ZERO);
    Preparation preparation = engine -> Preparation.Prepared.NOTHING;
    LlmProtocol protocol =
        built(builder().client(config -> service).preparedBy(preparation).hooks(new Noting()));

    assertThat(protocol.client()).isSameAs(service);
    assertThat(protocol.preparation()).isSameAs(preparation);
    assertThat(protocol.hooks()).hasSize(1);
    assertThat(protocol.simulation()).isEqualTo("Simulation");
  }

  @Test
  void whatGatlingQuotesOfTwoProtocolsSaysWhatToDoAndNoSettings() {
    assertThat(built(builder().client(config -> PlayedService.answering(Duration.ZERO))).toString())
        .startsWith("llm (one for a setUp or a scenario; llm.targets");
  }

  @Test
  void targetsOfTheSimulationTakeThePlaceOfThoseOfTheSettings() {
    LlmProtocol protocol =
        built(
            builder("llm.targets.0.model=other")
                .targets(
                    target("a").weight(3).model("gpt-a"),
                    target("b").baseUrl("http://127.0.0.1:9").extraBody(Map.of("top_k", 5))));

    assertThat(protocol.client().targets())
        .extracting(SplitTarget::name, SplitTarget::weight, SplitTarget::model)
        .containsExactly(tuple("a", 3.0, "gpt-a"), tuple("b", 1.0, ""));
    assertThat(protocol.client().targets().get(1).extraBody()).containsOnlyKeys("top_k");
    assertThat(protocol.config().effective().get("llm.targets")).contains("gpt-a");
  }

  @Test
  void aTargetOfTheSimulationIsCheckedAsOneOfTheSettings() {
    LlmProtocolBuilder bad = builder().targets(target("a").model("m"), target("b").weight(-2));
    assertThatThrownBy(bad::protocol)
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("llm.targets[1].weight must be a number above 0, was -2.0");
    assertThatThrownBy(builder().targets(target("a").region("north"))::protocol)
        .hasMessageStartingWith("llm.targets[0].region must be one of llm.regions");
  }

  @Test
  void theProviderOfTheSettingsIsWarmedUp() {
    LlmProtocol protocol = built(builder());
    assertThat(protocol.client().provider()).isEqualTo("azure-openai");
    assertThat(protocol.preparation()).isInstanceOf(BeforeLoad.class);
  }

  @Test
  void aClassOfTheSettingsIsTheClientAndNothingIsDoneBeforehand() {
    LlmProtocol protocol = built(builder("llm.provider=class:" + Named.class.getName()));
    assertThat(protocol.client()).isInstanceOf(Named.class);
    assertThat(protocol.preparation()).isSameAs(Preparation.NONE);
  }

  @Test
  void hooksOfTheSettingsComeAfterThoseOfTheSimulation() {
    Hook own = new Hook() {};
    assertThat(built(builder("llm.hooks=" + Noting.class.getName()).hooks(own)).hooks())
        .satisfiesExactly(
            first -> assertThat(first).isSameAs(own),
            second -> assertThat(second).isInstanceOf(Noting.class));
  }

  @Test
  void aParameterThatTheServiceCannotTakeIsRefusedBeforeAnythingIsSent() {
    LlmProtocolBuilder unable =
        builder("llm.simulator.wire=bedrock", "llm.request.presencePenalty=1");
    assertThatThrownBy(unable::protocol)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("llm.request.");
  }

  @Test
  void soIsAPayloadOfAFileThatTheServiceCannotTake() {
    LlmRequest request = LlmRequest.ofPrompt("x").with(Parameter.PRESENCE_PENALTY, 1);
    ExpectedLoad load =
        new ExpectedLoad("x", new ExpectedLoad.Closed(1), () -> request)
            .withFiles(List.of(new Payload("file.jsonl line 3", request)));
    assertThatThrownBy(builder("llm.simulator.wire=bedrock").expectedLoad(load)::protocol)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("file.jsonl line 3: ");
  }

  @Test
  void connectionsCannotBeOpenedBeforehandByAClientThatOpensThemForRequestsOnly() {
    assertThatThrownBy(builder("llm.simulator.wire=bedrock", "llm.warmUp.target=connect")::protocol)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("llm.warmUp.target = connect");
  }

  @Test
  void aBuilderIsLeftAsItIsByItsMethods() {
    LlmConfig config = Stage.settings(folder);
    LlmProtocolBuilder plain =
        LlmProtocolBuilder.ofSettings().config(config).client(same -> new Named());
    var unused = plain.hooks(new Noting());
    assertThat(built(plain).hooks()).isEmpty();
  }
}
