package dev.gatlingllm.target;

import dev.gatlingllm.config.ConfigReader;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.bedrock.AccessKey;
import dev.gatlingllm.provider.bedrock.BedrockClient;
import dev.gatlingllm.provider.bedrock.BedrockSettings;
import dev.gatlingllm.provider.bedrock.BedrockSettings.Protocol;
import dev.gatlingllm.provider.bedrock.ConfiguredEndpoint;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Amazon Bedrock: {@code llm.bedrock}. */
final class BedrockModule implements ProviderModule {

  private static final String ENDPOINT = "llm.bedrock.endpoint";

  /** Of a service that does not say how many streams a connection may have. */
  private static final int STREAMS_PER_CONNECTION = 100;

  @Override
  public String name() {
    return "bedrock";
  }

  @Override
  public String modelKey() {
    return "llm.bedrock.modelId";
  }

  @Override
  public Optional<String> regionKey() {
    return Optional.of("llm.bedrock.region");
  }

  @Override
  public int callsPerConnection(ConfigReader settings) {
    return protocol(settings) == Protocol.HTTP2 ? STREAMS_PER_CONNECTION : 1;
  }

  private static Protocol protocol(ConfigReader settings) {
    return settings.choice("llm.bedrock.http", List.of("http2", "http1")).equals("http2")
        ? Protocol.HTTP2
        : Protocol.HTTP1_1;
  }

  @Override
  public Service service(Setup setup) {
    requireSendableKey(setup.machine());
    Optional<URI> own =
        setup.region().map(Setup.Region::address).or(() -> setup.settings().address(ENDPOINT));
    Optional<ConfiguredEndpoint> configured =
        own.isPresent() ? Optional.empty() : ConfiguredEndpoint.find(setup.machine().environment());
    try {
      return service(setup, own.or(() -> configured.map(ConfiguredEndpoint::address)));
    } catch (IllegalArgumentException e) {
      String source = configured.map(ConfiguredEndpoint::source).orElse(ENDPOINT);
      throw new ConfigurationException(e.getMessage().replace(ENDPOINT, source));
    }
  }

  /** The SDK takes the key as it is, and each call would fail over its header. */
  private static void requireSendableKey(CredentialTraces machine) {
    String key = machine.environment().apply(AwsIdentity.KEY);
    if (key != null && !key.isBlank() && !key.matches("[\\x21-\\x7e]+")) {
      throw new ConfigurationException(
          AwsIdentity.KEY
              + " must be printable ASCII characters without blanks or line ends (it is not shown)");
    }
  }

  private static Service service(Setup setup, Optional<URI> endpoint) {
    ConfigReader reader = setup.settings();
    boolean plain = endpoint.map(uri -> "http".equalsIgnoreCase(uri.getScheme())).orElse(false);
    boolean identity = hasIdentity(setup.machine());
    BedrockSettings settings =
        new BedrockSettings(
            region(setup),
            reader.text("llm.bedrock.modelId"),
            endpoint,
            Optional.empty(),
            plain && !identity ? accessKey("loopback") : Optional.empty(),
            protocol(reader),
            BedrockBodies.read(reader),
            client(setup, identity));
    boolean possible = plain || identity;
    return new Service(
        endpoint.orElseGet(() -> addressOf(settings.region())),
        () -> {
          if (!possible) {
            AwsIdentity.of(setup).require(setup.machine(), "Amazon Bedrock", true);
          }
          return new BedrockClient(settings);
        });
  }

  /** Without an identity nothing secret is sent. */
  private static ClientSettings client(Setup setup, boolean identity) {
    ClientSettings client = setup.client("llm.bedrock.plainHttp");
    boolean nothingSecret = !identity && !client.network().headers().holdSecret();
    return nothingSecret ? client.with(client.network().withPlainHttp(true)) : client;
  }

  /** It becomes part of a host's name: of another form it would name another host. */
  private static String region(Setup setup) {
    String region = setup.required("llm.bedrock.region");
    if (!Callers.isRegion(region)) {
      throw ConfigurationException.of(
          "llm.bedrock.region", ConfigReader.quoted(region), "a region of AWS such as us-east-1");
    }
    return region;
  }

  private static URI addressOf(String region) {
    return URI.create("https://bedrock-runtime." + region + ".amazonaws.com");
  }

  private static Optional<AccessKey> accessKey(String name) {
    return Optional.of(new AccessKey(name, name));
  }

  private static boolean hasIdentity(CredentialTraces machine) {
    return machine.anySet(List.of(AwsIdentity.KEY)) || AwsIdentity.found(machine);
  }

  @Override
  public LlmClient simulated(Setup setup, SimulatedTarget endpoint) {
    return endpoint.client(
        new BedrockSettings(
            "us-east-1",
            "simulated",
            Optional.of(endpoint.address()),
            Optional.empty(),
            accessKey("simulated"),
            protocol(setup.settings()),
            BedrockBodies.simulated(setup.settings()),
            setup.client()),
        BedrockClient::new,
        BedrockClient::trusting);
  }
}
