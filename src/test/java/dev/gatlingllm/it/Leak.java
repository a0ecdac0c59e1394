package dev.gatlingllm.it;

import java.util.List;
import java.util.Properties;

/** What the users' code of a test says when it fails: all that must not be written. */
final class Leak {

  /** Variables and properties with a secret in them. */
  static final List<String> VARIABLES =
      List.of(
          "AZURE_OPENAI_API_KEY",
          "OPENAI_API_KEY",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AZURE_CLIENT_SECRET",
          "ANTHROPIC_API_KEY",
          "ORCHESTRATOR_KEY",
          "BEARER_FOR_TEST_TOKEN",
          "HTTPS_PROXY",
          "STORAGE_CONNECTION_STRING");

  static final List<String> PROPERTIES =
      List.of(
          "javax.net.ssl.trustStorePassword",
          "ftp.proxyPassword",
          "llm.rag.path",
          "llm.request.extraBody.api_key");

  private Leak() {}

  static String text(String what) {
    return secrets(what + " with " + SecretsIT.PROMPT);
  }

  /** For what happens before any call: nobody can know by then what will be a prompt. */
  static String secrets(String what) {
    StringBuilder text = new StringBuilder(what);
    VARIABLES.forEach(name -> text.append(' ').append(System.getenv(name)));
    Properties properties = System.getProperties();
    PROPERTIES.forEach(name -> text.append(' ').append(properties.getProperty(name)));
    return text.append('\n').toString();
  }

  static IllegalStateException thrown(String what) {
    return new IllegalStateException(text(what), new RuntimeException(text("the cause")));
  }
}
