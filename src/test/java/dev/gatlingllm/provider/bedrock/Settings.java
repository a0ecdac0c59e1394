package dev.gatlingllm.provider.bedrock;

import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.bedrock.BedrockSettings.Protocol;
import dev.gatlingllm.timing.NanoClock;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Settings of tests. */
final class Settings {

  static final String MODEL = "test.model-v1:0";
  static final AccessKey ACCESS_KEY = new AccessKey("AKIDEXAMPLE", "secret-of-the-test");

  private Settings() {}

  static BedrockSettings to(StubBedrock stub, Protocol protocol) {
    return to(stub.uri(), protocol, Optional.of(ACCESS_KEY), Optional.empty());
  }

  /** Settings whose clock counts how often it is read. */
  static BedrockSettings to(StubBedrock stub, Protocol protocol, AtomicLong readings) {
    return to(stub, protocol, 200, readings::incrementAndGet);
  }

  /** Settings with a place for one call at a time. */
  static BedrockSettings narrow(StubBedrock stub, Protocol protocol) {
    return to(stub, protocol, 1, NanoClock.SYSTEM);
  }

  private static BedrockSettings to(
      StubBedrock stub, Protocol protocol, int connections, NanoClock clock) {
    return new BedrockSettings(
        "us-east-1",
        MODEL,
        Optional.of(stub.uri()),
        Optional.empty(),
        Optional.of(ACCESS_KEY),
        protocol,
        BedrockOptions.CONVERSE,
        ClientSettings.of(Duration.ofSeconds(30), connections, clock));
  }

  static BedrockSettings to(
      URI endpoint,
      Protocol protocol,
      Optional<AccessKey> accessKey,
      Optional<BedrockApiKey> apiKey) {
    return new BedrockSettings(
        "us-east-1",
        MODEL,
        Optional.of(endpoint),
        apiKey,
        accessKey,
        protocol,
        BedrockOptions.CONVERSE,
        ClientSettings.of(Duration.ofSeconds(30), 200, NanoClock.SYSTEM));
  }

  /** The region's own endpoint, with the credentials that the SDK finds. */
  static BedrockSettings in(String region, String model) {
    return new BedrockSettings(
        region,
        model,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        BedrockSettings.Protocol.HTTP2,
        BedrockOptions.CONVERSE,
        ClientSettings.of(Duration.ofSeconds(10), 1_000, NanoClock.SYSTEM));
  }
}
