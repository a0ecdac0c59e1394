package dev.gatlingllm.target;

import static dev.gatlingllm.target.Given.machine;
import static dev.gatlingllm.target.Given.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.provider.CallHandle;
import dev.gatlingllm.provider.CallListener;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.secret.Secret;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProvidersTest {

  private final List<String> started = new ArrayList<>();

  /** A client that notes where its calls would go, and with which key. */
  private final class NotingClient implements LlmClient {

    private final String place;

    private NotingClient(URI address, String key) {
      this.place = address.getHost() + " with " + key;
    }

    @Override
    public String provider() {
      return "private";
    }

    @Override
    public CallHandle start(LlmRequest request, CallListener listener) {
      started.add(place);
      return () -> {};
    }

    @Override
    public String defaultModel() {
      return "the private model";
    }

    @Override
    public void close() {}
  }

  /** A provider that only this test knows; it borrows a section of the settings. */
  private final class PrivateModule implements ProviderModule {

    @Override
    public String name() {
      return "private";
    }

    @Override
    public String modelKey() {
      return "llm.openai.model";
    }

    @Override
    public Service service(Setup setup) {
      URI address = setup.address("llm.openai.baseUrl");
      String key = setup.key("PRIVATE_KEY").map(Secret::reveal).orElse("no key");
      return new Service(address, () -> new NotingClient(address, key));
    }

    @Override
    public LlmClient simulated(Setup setup, SimulatedTarget endpoint) {
      return new NotingClient(endpoint.address(), "no key");
    }
  }

  private ProviderClients clients(String... settings) {
    Map<String, String> environment = Map.of("PRIVATE_KEY", "one", "PRIVATE_KEY_FAR_NORTH", "two");
    return new ProviderClients(
        settings(settings), machine(environment), new Providers(List.of(new PrivateModule())));
  }

  @Test
  void aModuleInTheListIsAllThatANewProviderNeeds() {
    ProviderClients clients =
        clients("llm.provider=private", "llm.openai.baseUrl=https://private.invalid/v1");
    CallTarget target = clients.target();

    target.client().start(LlmRequest.ofPrompt("Hi"), null);
    assertThat(started).containsExactly("private.invalid with one");
    assertThat(target.client().defaultModel()).isEqualTo("the private model");
    assertThat(target.address()).hasValue(URI.create("https://private.invalid/v1"));
    assertThat(target.simulator()).isEmpty();
    assertThat(clients.callsPerConnection()).isEqualTo(1);
  }

  @Test
  void eachRegionIsAnotherAddressWithAKeyOfItsOwn() {
    CallTarget target =
        clients(
                "llm.provider=private",
                "llm.openai.baseUrl=https://private.invalid/v1",
                "llm.regions.far-north=https://north.invalid/v1",
                "llm.regions.south=https://south.invalid/v1")
            .target();
    for (String region : List.of("far-north", "south", "")) {
      target.client().start(LlmRequest.ofPrompt("Hi").withRegion(region), null);
    }
    assertThat(started)
        .containsExactly(
            "north.invalid with two", "south.invalid with one", "private.invalid with one");
    assertThat(target.address()).hasValue(URI.create("https://private.invalid/v1"));
  }

  @Test
  void theSimulatedEndpointSpeaksTheWireFormatOfAModuleInTheList() {
    CallTarget target = clients("llm.provider=simulator", "llm.simulator.wire=private").target();
    try (LlmClient client = target.client()) {
      assertThat(client.provider()).isEqualTo("private");
      assertThat(client.defaultModel()).isEqualTo("the private model");
      assertThat(target.address()).hasValue(target.simulator().orElseThrow().uri());
    }
  }

  @Test
  void aNameThatNoModuleHasIsRefusedWithThoseThatAreAccepted() {
    assertThatThrownBy(() -> Given.clients("llm.provider=azure"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "llm.provider must be one of simulator, anthropic, azure-openai, bedrock, openai, was \"azure\"");
    assertThatThrownBy(() -> Given.clients("llm.simulator.wire=simulator"))
        .hasMessage(
            "llm.simulator.wire must be one of anthropic, azure-openai, bedrock, openai, was \"simulator\"");
    assertThatThrownBy(() -> Given.clients("llm.provider=class:x.Y", "llm.simulator.wire=x"))
        .hasMessageStartingWith("llm.simulator.wire must be one of");
  }
}
