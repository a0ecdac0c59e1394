package dev.gatlingllm.connections;

import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.azure.AzureOpenAiClient;
import dev.gatlingllm.provider.azure.AzureOpenAiSettings;
import dev.gatlingllm.provider.bedrock.AccessKey;
import dev.gatlingllm.provider.bedrock.BedrockClient;
import dev.gatlingllm.provider.bedrock.BedrockOptions;
import dev.gatlingllm.provider.bedrock.BedrockSettings;
import dev.gatlingllm.provider.chat.AnswerFormat;
import dev.gatlingllm.provider.openai.KeyHeader;
import dev.gatlingllm.provider.openai.OpenAiClient;
import dev.gatlingllm.provider.openai.OpenAiSettings;
import dev.gatlingllm.secret.Secret;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.eventstream.HeaderValue;
import software.amazon.awssdk.eventstream.Message;

/** The providers, and what an answer of theirs is made of. */
enum Wire {
  OPENAI,
  AZURE,
  BEDROCK_HTTP1,
  BEDROCK_HTTP2;

  boolean bedrock() {
    return this == BEDROCK_HTTP1 || this == BEDROCK_HTTP2;
  }

  LlmClient client(URI address, ClientSettings settings) {
    Optional<Secret> key = Optional.of(Secret.of("key-of-a-test"));
    return switch (this) {
      case OPENAI ->
          new OpenAiClient(
              new OpenAiSettings(
                  address.resolve("/v1"),
                  "m",
                  key,
                  KeyHeader.BEARER,
                  AnswerFormat.CHAT,
                  "max_tokens",
                  settings));
      case AZURE ->
          new AzureOpenAiClient(
              new AzureOpenAiSettings(address, "d", "2024-10-21", key, "max_tokens", settings));
      case BEDROCK_HTTP1, BEDROCK_HTTP2 ->
          new BedrockClient(
              new BedrockSettings(
                  "us-east-1",
                  "m",
                  Optional.of(address),
                  Optional.empty(),
                  Optional.of(new AccessKey("id-of-a-test", "secret-of-a-test")),
                  this == BEDROCK_HTTP2
                      ? BedrockSettings.Protocol.HTTP2
                      : BedrockSettings.Protocol.HTTP1_1,
                  BedrockOptions.CONVERSE,
                  settings));
    };
  }

  String contentType() {
    return bedrock() ? "application/vnd.amazon.eventstream" : "text/event-stream";
  }

  /** A chunk of text. */
  byte[] text(String text) {
    return bedrock()
        ? event(
            "contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"" + text + "\"}}")
        : sse("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}");
  }

  /** All that follows the text. */
  byte[] rest() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (bedrock()) {
      bytes.writeBytes(event("messageStop", "{\"stopReason\":\"end_turn\"}"));
      bytes.writeBytes(
          event(
              "metadata", "{\"usage\":{\"inputTokens\":1,\"outputTokens\":1,\"totalTokens\":2}}"));
    } else {
      bytes.writeBytes(
          sse("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}"));
      bytes.writeBytes(
          sse(
              "{\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,"
                  + "\"total_tokens\":2}}"));
      bytes.writeBytes(sse("[DONE]"));
    }
    return bytes.toByteArray();
  }

  private static byte[] sse(String data) {
    return ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] event(String type, String payload) {
    Map<String, HeaderValue> headers = new LinkedHashMap<>();
    headers.put(":event-type", HeaderValue.fromString(type));
    headers.put(":content-type", HeaderValue.fromString("application/json"));
    headers.put(":message-type", HeaderValue.fromString("event"));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new Message(headers, payload.getBytes(StandardCharsets.UTF_8)).encode(bytes);
    return bytes.toByteArray();
  }
}
