package dev.gatlingllm.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.provider.OwnHeaders;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderTemplatesTest {

  private static final HeaderTemplates.Caller CALLER =
      new HeaderTemplates.Caller("s-1", 4, 17, "gpt-a");

  private static HeaderTemplates read(String name, String value) {
    return GivenSettings.of(Map.of("llm.request.headers." + name, value)).request().headers();
  }

  @ParameterizedTest
  @CsvSource({
    "{session}, s-1",
    "{user}, 4",
    "{request}, 17",
    "{target}, gpt-a",
    "of {user} to {target}!, of 4 to gpt-a!"
  })
  void aPlaceholderIsFilledForEachCall(String value, String filled) {
    HeaderTemplates headers = read("x-a", value);
    assertThat(headers.fixed()).isEmpty();
    assertThat(headers.of(CALLER).values()).containsEntry("x-a", filled);
  }

  @Test
  void aValueWithoutPlaceholdersIsThatOfAllRequests() {
    for (String value : new String[] {"perf", "{\"retry\": {\"attempts\": 3}}", "{}", "{ user }"}) {
      assertThat(read("x-a", value).fixed()).containsEntry("x-a", value);
      assertThat(read("x-a", value).of(CALLER)).isEqualTo(OwnHeaders.NONE);
    }
  }

  @Test
  void aTraceparentBeginsATraceForEachCall() {
    HeaderTemplates headers = read("traceparent", "{traceparent}");
    assertThat(headers.of(CALLER).traceId())
        .matches("[0-9a-f]{32}")
        .isNotEqualTo(headers.of(CALLER).traceId());
  }

  @ParameterizedTest
  @CsvSource({
    "x-a, {sesion}, has the placeholder {sesion}; accepted are {session}",
    "x-a, {Session}, has the placeholder {Session}",
    "x-a, {traceparent}, : {traceparent} is the whole value of the header traceparent",
    "traceparent, 00-{traceparent}, : {traceparent} is the whole value",
    "x-a, größe {user}, must be printable ASCII on one line",
    "Host, {target}, cannot be set: the client says this header itself"
  })
  void whatCannotBeFilledIsRefusedByItsKey(String name, String value, String message) {
    assertThatThrownBy(() -> read(name, value))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("llm.request.headers." + name)
        .hasMessageContaining(message);
  }

  @Test
  void aSecretMayBePlaceholdersOnlyOrComeFromTheEnvironment(@TempDir Path folder) throws Exception {
    assertThat(read("x-session-token", "{session}").of(CALLER).values())
        .containsEntry("x-session-token", "s-1");
    assertThatThrownBy(() -> read("x-session-token", "abc{session}"))
        .hasMessageContaining("must come from an environment variable")
        .hasMessageNotContaining("abc");
    // A path may have braces, and so may a password.
    Path file =
        java.nio.file.Files.writeString(
            folder.resolve("llm.conf"), "llm.request.headers { x-key = ${PATH}\"{user}\" }");
    assertThat(GivenSettings.of(Map.of("llm.conf", file.toString())).request().headers().fixed())
        .containsKey("x-key");
  }
}
