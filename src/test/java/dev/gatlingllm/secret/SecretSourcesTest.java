package dev.gatlingllm.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretSourcesTest {

  private final KnownSecrets known = new KnownSecrets();

  @ParameterizedTest
  @CsvSource({
    "OPENAI_API_KEY, hidden-4bf1f0a7",
    "HTTPS_PROXY, http://user:hidden-4bf1f0a7@proxy.example:3128",
    "http_proxy, user:hidden-4bf1f0a7@proxy.example:3128",
    "GIT_URL, https://hidden-4bf1f0a7@git.example/repository",
    "DATABASE_URL, postgres://app:hidden-4bf1f0a7@db.example/app",
    "STORE, DefaultEndpointsProtocol=https;AccountName=app;AccountKey=hidden-4bf1f0a7;Suffix=x",
    "JAVA_TOOL_OPTIONS, -Xmx1g -Dhttp.proxyPassword=hidden-4bf1f0a7 -Dx=y",
    "BLOB_URL, https://blob.example/box?sv=2024&sig=hidden-4bf1f0a7",
    "UPSTREAM_AUTHORIZATION, Bearer hidden-4bf1f0a7",
    "UPSTREAM_AUTHORIZATION, Basic dXNlcjpoaWRkZW4tNGJmMWYwYTc=",
    "AZURE_CREDENTIALS, '{\"clientId\": \"app\", \"clientSecret\": \"hidden-4bf1f0a7\"}'",
  })
  void aVariableGivesItsSecretAway(String name, String value) {
    SecretSources.add(known, Map.of(name, value), new Properties());
    assertThat(known.scrub("hidden-4bf1f0a7")).isEqualTo("***");
  }

  @ParameterizedTest
  @CsvSource({
    "LANG, en_US.UTF-8",
    "SOME_TOKEN, 1234567890",
    "SOME_AUTH, disabled",
    "AZURE_CREDENTIAL, managed-identity",
    "AZURE_AUTH, https://login.example.com/",
    "SOME_TOKENS, 16384-32768",
  })
  void whatIsNoSecretStays(String name, String value) {
    SecretSources.add(known, Map.of(name, value), new Properties());
    assertThat(known.scrub(value)).isEqualTo(value);
  }

  @Test
  void aFileIsNoSecret(@TempDir Path folder) {
    SecretSources.add(known, Map.of("XAUTH_KEY", folder.toString()), new Properties());
    assertThat(known.scrub(folder.toString())).isEqualTo(folder.toString());
  }

  @Test
  void aPropertyGivesItsSecretAway() {
    Properties properties = new Properties();
    properties.setProperty("javax.net.ssl.trustStorePassword", "hidden-trust");
    properties.setProperty("http.proxyUser", "u");
    properties.setProperty("http.proxyPassword", "hidden-proxy");
    properties.setProperty("llm.azure.credential", "chain-or-auto");
    SecretSources.add(known, Map.of(), properties);
    assertThat(known.scrub("hidden-trust hidden-proxy dTpoaWRkZW4tcHJveHk= chain-or-auto"))
        .isEqualTo("*** *** ***= chain-or-auto");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/orc?code=hidden-4bf1f0a7",
        "/api/orc?api-version=2024-10-21&subscription=hidden-4bf1f0a7&x=1",
        "https://user:hidden-4bf1f0a7@host.example/",
        "{\"question\": \"#{question}\", \"api_key\": \"hidden-4bf1f0a7\"}",
      })
  void aSettingGivesItsSecretAway(String value) {
    SecretSources.addSetting(known, value);
    assertThat(known.scrub(value)).contains("***").doesNotContain("hidden");
  }

  @Test
  void theVersionOfAnApiIsNoSecret() {
    SecretSources.addSetting(known, "/api/orc?api-version=2024-10-21");
    assertThat(known.scrub("2024-10-21")).isEqualTo("2024-10-21");
  }

  @Test
  void anEncodedPasswordIsKnownDecodedToo() {
    SecretSources.add(known, Map.of("ALL_PROXY", "http://u:p%40ss%2Bword@h:1"), new Properties());
    assertThat(known.scrub("p@ss+word p%40ss%2Bword")).isEqualTo("*** ***");
  }

  @Test
  @Timeout(20)
  void aLongValueTakesNoLongerThanItsLengthAndNoStack() {
    for (String unit : List.of("y", "?", "\"a\":\"", "a=", "x://", "\\")) {
      SecretSources.addSetting(known, unit.repeat(200_000));
    }
    String json = "{\"a\": \"" + "\\n-".repeat(100_000) + "\", \"api_key\": \"hidden-4bf1f0a7\"}";
    SecretSources.addSetting(known, json);
    assertThat(known.scrub("hidden-4bf1f0a7")).isEqualTo("***");
  }
}
