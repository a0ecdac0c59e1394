package dev.gatlingllm.target;

import static dev.gatlingllm.target.Given.clients;
import static dev.gatlingllm.target.Given.machine;
import static dev.gatlingllm.target.Given.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.ProviderConfig;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderClientsTest {

  private static final String[] AZURE = {
    "llm.provider=azure-openai",
    "llm.azure.endpoint=https://name.openai.azure.com/",
    "llm.azure.deployment=gpt"
  };

  private static final String[] BEDROCK = {
    "llm.provider=bedrock", "llm.bedrock.region=eu-west-1", "llm.bedrock.modelId=nova"
  };

  private static final String[] AZURE_V1 = {
    "llm.provider=openai",
    "llm.openai.baseUrl=https://name.openai.azure.com/openai/v1",
    "llm.openai.model=m"
  };

  @ParameterizedTest
  @CsvSource({
    "azure-openai, llm.azure.endpoint",
    "bedrock, llm.bedrock.region",
    "openai, llm.openai.baseUrl"
  })
  void aRealProviderMustHaveAnAddress(String provider, String key) {
    assertThatThrownBy(() -> clients("llm.provider=" + provider, key + "="))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(key + " must be set for llm.provider = " + provider);
  }

  @ParameterizedTest
  @ValueSource(strings = {"first\nsecond", "key\n", "two words", "schlüssel"})
  void aKeyOfBedrockThatNoHeaderCanHaveIsRefusedBeforeACall(String key) {
    assertThatThrownBy(
            () ->
                new ProviderClients(
                    settings(BEDROCK), machine(Map.of("AWS_BEARER_TOKEN_BEDROCK", key))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "AWS_BEARER_TOKEN_BEDROCK must be printable ASCII characters without blanks or line"
                + " ends (it is not shown)");
  }

  @Test
  void aKeyThatNoHeaderCanHaveIsRefusedByTheNameOfItsVariable() {
    assertThatThrownBy(() -> machine(Map.of("SOME_KEY", "first\nsecond")).key("SOME_KEY"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "SOME_KEY: the key must consist of printable ASCII characters (it is not shown)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.example/", "../x", "us-east-1.evil.example#", "US-EAST-1", "us east"})
  void aRegionThatWouldNameAnotherHostIsRefused(String region) {
    assertThatThrownBy(
            () ->
                clients(
                    "llm.provider=bedrock",
                    "llm.bedrock.modelId=m",
                    "llm.bedrock.region=" + region))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "llm.bedrock.region must be a region of AWS such as us-east-1, was \"" + region + '"');
  }

  @Test
  void aUserAgentThatIsNoneIsRefusedAsOtherSettingsAre() {
    assertThatThrownBy(() -> clients("llm.userAgent=a b"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "llm.userAgent must be 1 to 24 letters, digits, dots, dashes and underscores, was \"a"
                + " b\"");
  }

  @Test
  void anAddressThatMayHoldAKeyIsRefusedWithoutBeingShown() {
    assertThatThrownBy(
            () -> clients("llm.provider=openai", "llm.openai.baseUrl=https://user:secret@host/v1"))
        .hasMessageContaining("llm.openai.baseUrl must be an address")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aKeyIsNotSentInPlainTextToAnotherMachine() {
    String[] plain = {
      "llm.provider=openai", "llm.openai.model=m", "llm.openai.baseUrl=http://example.invalid/v1"
    };
    CredentialTraces machine = machine(Map.of("OPENAI_API_KEY", "sk-of-a-test"));
    assertThatThrownBy(() -> new ProviderClients(settings(plain), machine))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "llm.openai.baseUrl must be an https address, or http on a loopback host, while a key"
                + " goes with the calls, was http://example.invalid; to send the key in plain text,"
                + " set llm.openai.plainHttp = allow");
    assertThatCode(() -> clients(plain)).as("no key").doesNotThrowAnyException();

    String[] allowed = Arrays.copyOf(plain, 4);
    allowed[3] = "llm.openai.plainHttp=allow";
    assertThatCode(() -> new ProviderClients(settings(allowed), machine))
        .doesNotThrowAnyException();
  }

  @Test
  void aProxyThatCannotBeUsedIsRefusedByItsVariableAndNotShown() {
    CredentialTraces machine =
        machine(Map.of("OPENAI_API_KEY", "k-of-a-test", "HTTPS_PROXY", "socks5://u:hidden@p:1"));
    ProviderClients clients =
        new ProviderClients(
            settings(
                "llm.provider=openai",
                "llm.openai.model=m",
                "llm.openai.baseUrl=https://example.invalid/v1"),
            machine);
    assertThatThrownBy(clients::target)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("HTTPS_PROXY must be the address of an HTTP proxy")
        .hasMessageNotContaining("hidden");
  }

  @Test
  void aServiceThatNobodyCanCallIsRefusedWithWhatWouldHelp() {
    assertThatThrownBy(() -> clients(AZURE).target())
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "no credentials for llm.azure.endpoint = https://name.openai.azure.com/: set the"
                + " environment variable AZURE_OPENAI_API_KEY, sign in with 'az login', or set"
                + " llm.azure.credential = chain to search Entra ID's default chain all the same");
    assertThatThrownBy(() -> clients(AZURE_V1).target())
        .hasMessageStartingWith(
            "no credentials for llm.openai.baseUrl = https://name.openai.azure.com/openai/v1: set"
                + " the environment variable AZURE_OPENAI_API_KEY,");
    assertThatThrownBy(() -> clients(BEDROCK).target())
        .hasMessage(
            "no credentials for Amazon Bedrock: set AWS_BEARER_TOKEN_BEDROCK (a Bedrock API key)"
                + " or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, sign in with 'aws login', 'aws sso"
                + " login' or 'aws configure', or set llm.bedrock.credential = chain to search the SDK's default chain all"
                + " the same");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AZURE_OPENAI_API_KEY", "AZURE_CLIENT_ID", "IDENTITY_ENDPOINT"})
  void aKeyOrATraceOfAnIdentityIsEnoughForAzure(String variable) {
    CredentialTraces machine = machine(Map.of(variable, "x"));
    for (String[] azure : new String[][] {AZURE, AZURE_V1}) {
      try (LlmClient client = new ProviderClients(settings(azure), machine).target().client()) {
        assertThat(client.defaultModel()).isIn("gpt", "m");
      }
    }
  }

  @Test
  void anIdentityShowsInTheHomeFolderOrInTheHardware(@TempDir Path folder) throws IOException {
    CredentialTraces signedIn = new CredentialTraces(name -> null, folder, Path.of("nowhere"));
    CredentialTraces inTheCloud = new CredentialTraces(name -> null, Path.of("nowhere"), folder);
    Files.createDirectories(folder.resolve(".aws"));
    Files.createDirectories(folder.resolve(".azure"));
    Files.writeString(folder.resolve("sys_vendor"), "Amazon EC2\n");
    Files.writeString(folder.resolve("chassis_asset_tag"), "7783-7084-3265-9085-8269-3286-77\n");
    for (String[] provider : new String[][] {AZURE, AZURE_V1, BEDROCK}) {
      new ProviderClients(settings(provider), signedIn).target().client().close();
      new ProviderClients(settings(provider), inTheCloud).target().client().close();
    }
  }

  @Test
  void theModelOfACallThatNamesNoneIsThatOfTheSettings() {
    CredentialTraces machine =
        machine(Map.of("AZURE_OPENAI_API_KEY", "x", "AWS_ACCESS_KEY_ID", "y"));
    assertThat(modelOf(machine, AZURE)).isEqualTo("gpt");
    assertThat(modelOf(machine, AZURE_V1)).isEqualTo("m");
    assertThat(modelOf(machine, BEDROCK)).isEqualTo("nova");
  }

  private static String modelOf(CredentialTraces machine, String... settings) {
    try (LlmClient client = new ProviderClients(settings(settings), machine).target().client()) {
      return client.defaultModel();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "azure-openai", "bedrock", "openai"})
  void theModelOfASimulatedCallIsSimulated(String wire) {
    for (String tls : new String[] {"false", "true"}) {
      CallTarget target =
          clients("llm.simulator.wire=" + wire, "llm.simulator.tls=" + tls).target();
      try (LlmClient client = target.client()) {
        assertThat(client.provider()).isEqualTo(wire);
        assertThat(client.defaultModel()).isEqualTo("simulated");
        assertThat(target.address()).hasValue(target.simulator().orElseThrow().uri());
      }
    }
  }

  @Test
  void theAddressOfBedrockIsThatOfItsRegionUnlessAnotherIsSet() {
    CredentialTraces machine = machine(Map.of("AWS_PROFILE", "x"));
    ProviderClients regional = new ProviderClients(settings(BEDROCK), machine);
    assertThat(regional.target().address())
        .hasValue(URI.create("https://bedrock-runtime.eu-west-1.amazonaws.com"));
    assertThat(
            clients(
                    "llm.provider=bedrock",
                    "llm.bedrock.region=eu-west-1",
                    "llm.bedrock.endpoint=http://127.0.0.1:1")
                .target()
                .address())
        .hasValue(URI.create("http://127.0.0.1:1"));
  }

  @Test
  void theAddressOfBedrockMayBeThatOfAllToolsOfAws() {
    Map<String, String> all = Map.of("AWS_ENDPOINT_URL", "https://all.example:8443/");
    assertThat(bedrockWith(all)).isEqualTo("https://all.example:8443/");
    Map<String, String> own = new HashMap<>(all);
    own.put("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", "http://127.0.0.1:1");
    assertThat(bedrockWith(own)).isEqualTo("http://127.0.0.1:1");
    assertThat(bedrockWith(own, "llm.bedrock.endpoint=https://mine.example"))
        .isEqualTo("https://mine.example");
    own.put("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true");
    assertThat(bedrockWith(own)).isEqualTo("https://bedrock-runtime.eu-west-1.amazonaws.com");
  }

  private static String bedrockWith(Map<String, String> environment, String... settings) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("AWS_ACCESS_KEY_ID", "x");
    String[] given = Stream.concat(Stream.of(BEDROCK), Stream.of(settings)).toArray(String[]::new);
    CallTarget target = new ProviderClients(settings(given), machine(all)).target();
    target.client().close();
    return target.address().orElseThrow().toString();
  }

  @Test
  void anAddressOfTheEnvironmentThatCannotBeUsedIsRefusedAtTheStartByItsName() {
    for (String address : new String[] {"ftp://host", "http:// secret", "nonsense"}) {
      assertThatThrownBy(() -> bedrockWith(Map.of("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", address)))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageStartingWith("AWS_ENDPOINT_URL_BEDROCK_RUNTIME")
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void simulatedEndpointsInSeveralRegionsHaveNoAddressInCommon() {
    CallTarget target = clients("llm.regions.north=simulated").target();
    try (LlmClient client = target.client()) {
      assertThat(client.defaultModel()).isEqualTo("simulated");
      assertThat(target.address()).isEmpty();
      assertThat(target.simulator()).isEmpty();
    }
  }

  @Test
  void onlyBedrockFindsRegionsByItself() {
    assertThat(clients("llm.simulator.wire=bedrock").findsRegions()).isTrue();
    assertThat(clients("llm.simulator.wire=openai").findsRegions()).isFalse();
    assertThat(clients("llm.simulator.wire=azure-openai").findsRegions()).isFalse();
  }

  @Test
  void callsOfHttp2ShareAConnection() {
    assertThat(clients("llm.simulator.wire=bedrock").callsPerConnection()).isEqualTo(100);
    assertThat(clients("llm.simulator.wire=bedrock", "llm.bedrock.http=http1").callsPerConnection())
        .isEqualTo(1);
    assertThat(clients("llm.simulator.wire=openai").callsPerConnection()).isEqualTo(1);
  }

  @Test
  void onTheSimulatedEndpointTheWireAndTlsOfTheProviderStayAndLimitsAndFaultsGo() {
    LlmConfig config =
        ProviderClients.simulated(
            settings(
                "llm.provider=openai",
                "llm.openai.model=m",
                "llm.openai.baseUrl=https://example.invalid/v1",
                "llm.simulator.requestsPerMinute=5",
                "llm.simulator.faults.cut=0.5"));
    assertThat(config.provider()).isEqualTo(new ProviderConfig("simulator", "openai"));
    SimulatorSettings simulator = config.simulator().settings();
    assertThat(simulator.server().tls()).isTrue();
    assertThat(simulator.limits().requestsPerMinute()).isEmpty();
    assertThat(simulator.faults().faults()).isEmpty();
    assertThat(config.effective())
        .containsEntry("llm.provider", "simulator")
        .containsEntry("llm.simulator.tls", "true")
        .containsEntry("llm.simulator.requestsPerMinute", "")
        .containsEntry("llm.simulator.faults.cut", "0");
  }
}
