package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.config.SimulatorConfig;
import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.Failure;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.anthropic.AnthropicClient;
import dev.gatlingllm.provider.anthropic.AnthropicSettings;
import dev.gatlingllm.provider.azure.AzureOpenAiClient;
import dev.gatlingllm.provider.azure.AzureOpenAiSettings;
import dev.gatlingllm.provider.bedrock.AccessKey;
import dev.gatlingllm.provider.bedrock.BedrockClient;
import dev.gatlingllm.provider.bedrock.BedrockOptions;
import dev.gatlingllm.provider.bedrock.BedrockSettings;
import dev.gatlingllm.provider.chat.AnswerFormat;
import dev.gatlingllm.provider.chat.RecordingListener;
import dev.gatlingllm.provider.openai.KeyHeader;
import dev.gatlingllm.provider.openai.OpenAiClient;
import dev.gatlingllm.provider.openai.OpenAiSettings;
import dev.gatlingllm.secret.Secret;
import dev.gatlingllm.timing.NanoClock;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The simulated endpoint over TLS, and who trusts it. */
class TlsTest {

  private static final Duration CONNECT = Duration.ofSeconds(30);
  private static final LlmRequest PROMPT = LlmRequest.ofPrompt("Hello").withMaxTokens(6);

  private static Simulator start() {
    return Simulator.start(SimulatorConfig.of("ttft = 1 ms, tls = true"), NanoClock.SYSTEM);
  }

  @Test
  void itsCertificateIsForLoopbackAndValidForAYear() throws Exception {
    Instant now = Instant.parse("2026-03-02T09:30:00Z");
    X509Certificate certificate = OwnCertificate.made(now).certificate();

    certificate.verify(certificate.getPublicKey());
    certificate.checkValidity(Date.from(now.plus(Duration.ofDays(364))));
    assertThat(certificate.getNotAfter()).isBefore(now.plus(Duration.ofDays(366)));
    assertThat(certificate.getSubjectAlternativeNames().toString())
        .isEqualTo("[[2, localhost], [7, 127.0.0.1], [7, 0:0:0:0:0:0:0:1]]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"anthropic", "azure-openai", "openai", "bedrock", "bedrock over HTTP/1.1"})
  void aClientThatTrustsExactlyThisCertificateIsAnswered(String provider) throws Exception {
    try (Simulator simulator = start();
        LlmClient client = client(provider, simulator.uri(), simulator.certificate())) {
      assertThat(simulator.uri().getScheme()).isEqualTo("https");
      RecordingListener listener = new RecordingListener();
      client.start(PROMPT, listener);
      assertThat(listener.awaitEnd().events()).contains("completed");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "azure-openai", "openai", "bedrock"})
  void aClientOfARealTargetDoesNotTrustIt(String provider) throws Exception {
    try (Simulator simulator = start();
        LlmClient client = client(provider, simulator.uri(), Optional.empty())) {
      assertRefused(client);
      assertThat(simulator.started()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "azure-openai", "openai", "bedrock"})
  void aClientThatTrustsOneCertificateTrustsNoOther(String provider) throws Exception {
    try (Simulator simulator = start();
        Simulator other = start();
        LlmClient client = client(provider, simulator.uri(), other.certificate())) {
      assertRefused(client);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "azure-openai", "openai", "bedrock"})
  void noOtherMachineIsTrustedByACertificateOfOnesOwn(String provider) {
    Optional<X509Certificate> own = Optional.of(OwnCertificate.made(Instant.now()).certificate());
    assertThatThrownBy(() -> client(provider, URI.create("https://example.invalid"), own))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("loopback");
  }

  private static void assertRefused(LlmClient client) throws InterruptedException {
    RecordingListener listener = new RecordingListener();
    client.start(PROMPT, listener);
    assertThat(listener.awaitEnd().failure().kind()).isEqualTo(Failure.Kind.UNREACHABLE);
  }

  private static LlmClient client(String provider, URI uri, Optional<X509Certificate> only) {
    return switch (provider) {
      case "anthropic" -> {
        AnthropicSettings settings =
            new AnthropicSettings(
                uri,
                "m",
                "2023-06-01",
                Optional.empty(),
                Optional.empty(),
                ClientSettings.of(CONNECT, 10, NanoClock.SYSTEM));
        yield only.<LlmClient>map(one -> AnthropicClient.trusting(one, settings))
            .orElseGet(() -> new AnthropicClient(settings));
      }
      case "azure-openai" -> {
        AzureOpenAiSettings settings =
            new AzureOpenAiSettings(
                uri,
                "gpt",
                "2024-10-21",
                Optional.of(Secret.of("key-of-the-test")),
                "max_tokens",
                ClientSettings.of(CONNECT, 10, NanoClock.SYSTEM));
        yield only.<LlmClient>map(one -> AzureOpenAiClient.trusting(one, settings))
            .orElseGet(() -> new AzureOpenAiClient(settings));
      }
      case "openai" -> {
        OpenAiSettings settings =
            new OpenAiSettings(
                uri.resolve("/v1"),
                "m",
                Optional.empty(),
                KeyHeader.BEARER,
                AnswerFormat.CHAT,
                "max_tokens",
                ClientSettings.of(CONNECT, 10, NanoClock.SYSTEM));
        yield only.<LlmClient>map(one -> OpenAiClient.trusting(one, settings))
            .orElseGet(() -> new OpenAiClient(settings));
      }
      default -> {
        BedrockSettings settings =
            new BedrockSettings(
                "us-east-1",
                "m",
                Optional.of(uri),
                Optional.empty(),
                Optional.of(new AccessKey("a", "b")),
                provider.equals("bedrock")
                    ? BedrockSettings.Protocol.HTTP2
                    : BedrockSettings.Protocol.HTTP1_1,
                BedrockOptions.CONVERSE,
                ClientSettings.of(CONNECT, 10, NanoClock.SYSTEM));
        yield only.<LlmClient>map(one -> BedrockClient.trusting(one, settings))
            .orElseGet(() -> new BedrockClient(settings));
      }
    };
  }
}
