package dev.gatlingllm.experiment.rag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.SloConfig;
import dev.gatlingllm.gatling.LlmActionBuilder;
import dev.gatlingllm.gatling.engine.GatlingDefaults;
import dev.gatlingllm.gatling.engine.LimitsOfSettings;
import dev.gatlingllm.gatling.engine.LlmProtocol;
import dev.gatlingllm.gatling.engine.Stage;
import dev.gatlingllm.record.Limit;
import io.gatling.javaapi.core.ProtocolBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrchestratorTest {

  @TempDir private Path folder;

  @BeforeAll
  static void dsl() {
    var unused = GatlingDefaults.use();
  }

  private Orchestrator orchestrator(String... settings) {
    List<String> all = new ArrayList<>(List.of("llm.rag.url=http://127.0.0.1:9/app"));
    all.addAll(List.of(settings));
    return Orchestrator.of(Stage.settings(folder, all.toArray(String[]::new)));
  }

  private List<Limit> limits(String... settings) {
    SloConfig slo = Stage.settings(folder, settings).slo();
    return LimitsOfSettings.declaredBy(
        slo, () -> assertThat(orchestrator(settings).assertions("ask")).isEmpty());
  }

  @Test
  void asManyUsersAsAskedForComeWhateverTheirRampIs() {
    for (String ramp : List.of("0 s", "30 s")) {
      var population =
          orchestrator("llm.rag.users=7", "llm.rag.delay=0 s", "llm.rag.rampUp=" + ramp)
              .inject(LlmActionBuilder.named(session -> "ask"))
              .get(0)
              .asScala();
      assertThat(population.injectionProfile().totalUserCount().get()).isEqualTo(7L);
      assertThat(population.scenarioBuilder().name()).isEqualTo("Orchestrator");
    }
  }

  @Test
  void aRunIsJudgedByItsOwnP95() {
    assertThat(limits("llm.rag.p95=8 s"))
        .containsExactly(
            new Limit(
                "llm.rag.p95", List.of("ask"), "e2eMillis", "p95", Limit.Bound.AT_MOST, 8000));
  }

  @Test
  void limitsOfTheSettingsTakeThePlaceOfItsOwn() {
    assertThat(limits("llm.slo.e2e.p99=3 s", "llm.slo.failures=2"))
        .allSatisfy(limit -> assertThat(limit.row()).isEqualTo("ask"))
        .extracting(Limit::name)
        .containsExactly("llm.slo.e2e.p99", "llm.slo.failures");
  }

  @Test
  void callsGoOverGatlingsHttpAndAreMeasuredByOurs() {
    List<ProtocolBuilder> protocols = orchestrator().protocols();
    assertThat(protocols).hasSize(2);
    assertThat(protocols.get(1).protocol()).isInstanceOf(LlmProtocol.class);
    LlmProtocol ours = (LlmProtocol) protocols.get(1).protocol();
    assertThat(ours.client().provider()).isEqualTo("http");
    assertThat(ours.config().stop().failures()).hasValue(90);
  }

  @Test
  void theSimulatedOrchestratorEndsWithTheClientOfTheRun() throws IOException {
    Orchestrator simulated = Orchestrator.of(Stage.settings(folder, "llm.rag.users=1"));
    List<ProtocolBuilder> protocols = simulated.protocols();
    String url =
        ((io.gatling.http.protocol.HttpProtocol) protocols.get(0).protocol()).baseUrls().head();
    ((LlmProtocol) protocols.get(1).protocol()).client().close();

    int port = java.net.URI.create(url).getPort();
    try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertThat(free.isBound()).isTrue();
    }
  }

  @Test
  void aBodyWithAnUnknownPlaceIsRefused() {
    assertThatThrownBy(() -> orchestrator("llm.rag.body={\"q\": \"#{colour}\"}"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("llm.rag.body");
  }

  @Test
  void answersAreReadInEachOfTheirForms() {
    for (String form : List.of("json", "sse", "text")) {
      String id = form.equals("text") ? "id=(\\w+)" : "id";
      assertThat(
              orchestrator("llm.rag.answer=" + form, "llm.rag.conversationId=" + id)
                  .inject(LlmActionBuilder.named(session -> "ask")))
          .hasSize(1);
    }
  }

  @Test
  void aPathThatIsNoneIsRefusedWithItsKey() {
    assertThatThrownBy(() -> orchestrator("llm.rag.text=a[b"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("llm.rag.text");
  }
}
