package dev.gatlingllm.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.bedrock.BedrockSettings.Protocol;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Who calls, when the settings do not say so. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class BedrockCredentialsTest {

  private final Map<String, String> before = new HashMap<>();

  @BeforeEach
  void hideThisMachine() {
    set("aws.disableEc2Metadata", "true");
    set("aws.sharedCredentialsFile", "/nowhere/credentials");
    set("aws.configFile", "/nowhere/config");
    set("aws.profile", "nobody");
  }

  @AfterEach
  void restore() {
    before.forEach(
        (key, value) -> {
          if (value == null) {
            System.clearProperty(key);
          } else {
            System.setProperty(key, value);
          }
        });
  }

  @Test
  void saysHowToGiveCredentialsWhereThereAreNone() throws Exception {
    Failure failure = failureWithoutStub();

    assertThat(failure.kind()).isEqualTo(Failure.Kind.REJECTED);
    assertThat(failure.status()).isZero();
    assertThat(failure.code()).isEqualTo("credentials");
    assertThat(failure.message())
        .startsWith("no AWS credentials: set AWS_BEARER_TOKEN_BEDROCK")
        .hasSizeLessThanOrEqualTo(500);
  }

  @Test
  void signsWithWhatTheChainFinds() throws Exception {
    set("aws.accessKeyId", "AKIDCHAIN");
    set("aws.secretAccessKey", "secret-of-the-chain");
    set("aws.sessionToken", "token-of-the-chain");

    StubCall call = sent();

    assertThat(call.header("authorization")).startsWith("AWS4-HMAC-SHA256 Credential=AKIDCHAIN/");
    assertThat(call.header("x-amz-security-token")).isEqualTo("token-of-the-chain");
  }

  @Test
  void bearsTheApiKeyOfTheEnvironment() throws Exception {
    set("aws.bearerTokenBedrock", "key-of-the-environment");

    assertThat(sent().header("authorization")).isEqualTo("Bearer key-of-the-environment");
  }

  private static StubCall sent() throws Exception {
    try (StubBedrock stub = new StubBedrock(Protocol.HTTP2);
        BedrockClient client = new BedrockClient(settings(stub))) {
      client.start(LlmRequest.ofPrompt("Hi"), new RecordingListener());
      return stub.take();
    }
  }

  private static Failure failureWithoutStub() throws Exception {
    try (StubBedrock stub = new StubBedrock(Protocol.HTTP2);
        BedrockClient client = new BedrockClient(settings(stub))) {
      RecordingListener listener = new RecordingListener();
      client.start(LlmRequest.ofPrompt("Hi"), listener);
      Failure failure = listener.failure();
      assertThat(stub.requests()).isZero();
      return failure;
    }
  }

  private static BedrockSettings settings(StubBedrock stub) {
    return Settings.to(stub.uri(), Protocol.HTTP2, Optional.empty(), Optional.empty());
  }

  private void set(String key, String value) {
    before.putIfAbsent(key, System.getProperty(key));
    System.setProperty(key, value);
  }
}
