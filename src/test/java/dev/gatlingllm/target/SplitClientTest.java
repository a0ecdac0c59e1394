package dev.gatlingllm.target;

import static dev.gatlingllm.target.Given.machine;
import static dev.gatlingllm.target.Given.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.ConnectsAhead;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.SplitTarget;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where the calls of {@code llm.targets} go. */
class SplitClientTest {

  private final List<String> events = new ArrayList<>();

  /** Notes what it is asked. */
  private final class Noting implements LlmClient, ConnectsAhead {
    private final String name;
    private final String model;

    Noting(String name, String model) {
      this.name = name;
      this.model = model;
    }

    @Override
    public String provider() {
      return name;
    }

    @Override
    public String defaultModel() {
      return model;
    }

    @Override
    public CallHandle start(LlmRequest request, CallListener listener) {
      events.add(name + " is asked for " + request.model() + request.extraBody());
      return () -> {};
    }

    @Override
    public void check(LlmRequest request) {
      events.add("check of " + request.model());
    }

    @Override
    public CompletableFuture<Integer> connect(int connections) {
      events.add(name + " connects " + connections);
      return CompletableFuture.completedFuture(connections);
    }

    @Override
    public List<Executor> eventLoops() {
      return List.of(Runnable::run);
    }

    @Override
    public void close() {
      events.add(name + " is closed");
    }
  }

  private final class Module implements ProviderModule {
    private final String name;

    Module(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String modelKey() {
      return "llm.openai.model";
    }

    @Override
    public Service service(Setup setup) {
      URI address = setup.address("llm.openai.baseUrl");
      String key = setup.key("KEY").map(found -> " " + found.reveal()).orElse("");
      return new Service(
          address, () -> new Noting(name + " " + address + key, setup.settings().text(modelKey())));
    }

    @Override
    public LlmClient simulated(Setup setup, SimulatedTarget endpoint) {
      return new Noting("simulated " + name, "simulated");
    }
  }

  private CallTarget target(String... settings) {
    String[] all =
        Stream.concat(
                Stream.of(
                    "llm.provider=first",
                    "llm.openai.baseUrl=http://127.0.0.1:1",
                    "llm.openai.model=usual"),
                Stream.of(settings))
            .toArray(String[]::new);
    LlmConfig config = settings(all);
    Providers providers = new Providers(List.of(new Module("first"), new Module("second")));
    Map<String, String> keys = Map.of("KEY_LORA_B", "key-of-its-own");
    return new ProviderClients(config, machine(keys), providers).target();
  }

  private static List<String> clients(CallTarget target) {
    return target.client().targets().stream().map(one -> one.client().provider()).toList();
  }

  @Test
  void modelsOfOneAddressShareAClientAndTheRestHaveTheirOwn() {
    CallTarget target =
        target(
            "llm.regions.north=http://127.0.0.1:3",
            "llm.targets=[{model = a}, {model = lora-a}, {model = lora-b, baseUrl ="
                + " \"http://127.0.0.1:2\"}, {name = n, region = north},"
                + " {model = c, provider = second}]");
    assertThat(clients(target))
        .containsExactly(
            "first http://127.0.0.1:1",
            "first http://127.0.0.1:1",
            "first http://127.0.0.1:2 key-of-its-own",
            "first http://127.0.0.1:3",
            "second http://127.0.0.1:1");
    List<SplitTarget> targets = target.client().targets();
    assertThat(targets.get(0).client()).isSameAs(targets.get(1).client());
    // Calls of the first two and of the last may name a region.
    assertThat(target.client().eventLoops()).hasSize(6);
    target.client().close();
    assertThat(events).hasSize(6).allMatch(event -> event.endsWith("is closed"));
  }

  @Test
  void aTargetThatNamesNoModelHasThatOfTheSettings() {
    CallTarget target = target("llm.targets=[{model = a}, {name = b, extraBody { top_k = 5 }}]");
    assertThat(target.client().targets().get(1).client().defaultModel()).isEqualTo("usual");
    assertThat(target.client().targets().get(1).model()).isEmpty();
  }

  @Test
  void callsOutsideOfTheRunGoToEachInTurnAndEachIsChecked() {
    CallTarget target = target("llm.targets=[{model = a}, {model = b, extraBody { top_k = 5 }}]");
    LlmRequest request = LlmRequest.ofPrompt("x");
    for (int i = 0; i < 3; i++) {
      target.client().start(request, null);
    }
    target.client().check(request);
    String client = "first http://127.0.0.1:1 is asked for ";
    assertThat(events)
        .containsExactly(
            client + "a{}", client + "b{top_k=5}", client + "a{}", "check of a", "check of b");
  }

  @Test
  void eachAddressGetsItsPartOfTheConnections() {
    CallTarget target =
        target(
            "llm.targets=[{model = a, weight = 3}, {model = b, weight = 0.5},"
                + " {model = c, weight = 0.5, baseUrl = \"http://127.0.0.1:2\"}]");
    assertThat(target.ahead().orElseThrow().connect(16).join()).isEqualTo(16);
    assertThat(events)
        .containsExactly(
            "first http://127.0.0.1:1 connects 14", "first http://127.0.0.1:2 connects 2");
    assertThat(target.address()).contains(URI.create("http://127.0.0.1:1"));
  }

  @Test
  void whatIsNotThereIsRefusedByTheKeyOfTheTarget() {
    assertThatThrownBy(() -> target("llm.targets=[{model = a}, {model = b, provider = third}]"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("llm.targets[1].provider must be one of first, second, was \"third\"");
    assertThatThrownBy(() -> target("llm.targets=[{model = a, region = north}]"))
        .hasMessage(
            "llm.targets[0].region must be one of llm.regions, which has none, was \"north\"");
  }

  @Test
  void whateverAProviderRefusesNamesTheTarget() {
    LlmConfig config =
        settings(
            "llm.provider=openai",
            "llm.openai.baseUrl=http://127.0.0.1:1",
            "llm.targets=[{model = a}, {model = b, baseUrl = \"http://192.0.2.1/v1\"}]");
    assertThatThrownBy(
            () -> new ProviderClients(config, machine(Map.of("OPENAI_API_KEY", "sk-of-a-test"))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("llm.targets[1]: llm.openai.baseUrl must be an https address");
  }

  @Test
  void aCallThatNamesARegionGoesThereUnlessItsTargetSaysWhere() {
    CallTarget target =
        target(
            "llm.regions.north=http://127.0.0.1:3",
            "llm.targets=[{model = a}, {model = b, baseUrl = \"http://127.0.0.1:2\"}]");
    for (int i = 0; i < 2; i++) {
      target.client().start(LlmRequest.ofPrompt("x").withRegion("north"), null);
    }
    assertThat(events)
        .containsExactly(
            "first http://127.0.0.1:3 is asked for a{}",
            "first http://127.0.0.1:2 is asked for b{}");
  }

  @Test
  void simulatedTargetsShareAnEndpointUnlessTheySayWhereTheyAre() {
    String[] one = {"llm.provider=simulator", "llm.simulator.wire=first"};
    CallTarget shared = target(one[0], one[1], "llm.targets=[{model = a}, {model = b}]");
    assertThat(shared.simulator()).isPresent();
    shared.client().close();
    CallTarget apart =
        target(
            one[0],
            one[1],
            "llm.targets=[{model = a}, {model = b, baseUrl = anything}, {model = c, provider ="
                + " second}]");
    assertThat(apart.simulator()).as("to compare calls with").isEmpty();
    assertThat(clients(apart))
        .containsExactly("simulated first", "simulated first", "simulated second");
    apart.client().close();
  }

  @Test
  void aClientOfTheUsersOwnMakesTheCallsOfAllTargets() {
    LlmClient own = new Noting("own", "m");
    assertThat(ProviderClients.split(settings(), own)).isSameAs(own);
    LlmClient split =
        ProviderClients.split(settings("llm.targets=[{model = a}, {region = r}]"), own);
    assertThat(split.targets()).extracting(SplitTarget::name).containsExactly("a", "r");
    assertThat(split.targets()).extracting(SplitTarget::client).containsOnly(own);
    assertThatThrownBy(
            () ->
                ProviderClients.split(
                    settings("llm.targets=[{model = a, provider = openai}]"), own))
        .hasMessageStartingWith("llm.targets[0] cannot have a baseUrl or a provider");
    assertThat(Optional.of(split.provider())).contains("own");
  }
}
