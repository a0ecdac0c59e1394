package dev.gatlingllm.provider.openai;

import dev.gatlingllm.provider.ServiceAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/** The header that carries the API key. */
public enum KeyHeader {
  /** {@code Authorization: Bearer …}, as OpenAI and most servers want it. */
  BEARER,
  /** {@code api-key: …}, as Azure wants it. */
  API_KEY;

  private static final List<String> AZURE =
      List.of(
          ".openai.azure.com",
          ".openai.azure.us",
          ".cognitiveservices.azure.com",
          ".services.ai.azure.com");

  /** What a host wants, by its name. */
  public static KeyHeader of(URI baseUrl) {
    return isAzure(baseUrl) ? API_KEY : BEARER;
  }

  /** Whether a host is one of Azure's, by its name: such takes tokens of Entra ID as well. */
  public static boolean isAzure(URI baseUrl) {
    String host = ServiceAddress.host(baseUrl).orElse("").toLowerCase(Locale.ROOT);
    return AZURE.stream().anyMatch(host::endsWith);
  }
}
