package dev.gatlingllm.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadersTest {

  @Test
  void namesHaveNoCase() {
    assertThat(new RequestHeaders(Map.of("X-Team", "perf")).values()).containsKey("x-team");
  }

  @Test
  void valuesAreNotShown() {
    assertThat(new RequestHeaders(Map.of("X-Key", "hidden")))
        .asString()
        .isEqualTo("RequestHeaders[X-Key]");
    assertThatThrownBy(() -> new RequestHeaders(Map.of("x-key", "hid\r\nden: 1")))
        .hasMessageStartingWith("llm.request.headers.x-key must be printable ASCII on one line")
        .hasMessageNotContaining("hid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Host", "content-length", "Transfer-Encoding", "Connection", "User-Agent"})
  void whatTheClientSaysItselfCannotBeSet(String name) {
    assertThatThrownBy(() -> new RequestHeaders(Map.of(name, "x")))
        .hasMessageStartingWith("llm.request.headers." + name + " cannot be set");
  }

  @ParameterizedTest
  @ValueSource(strings = {"with space", "with:colon", "", "ünicode"})
  void aNameIsOneOfHttp(String name) {
    assertThatThrownBy(() -> new RequestHeaders(Map.of(name, "x")))
        .hasMessageContaining("is not the name of a header");
  }

  @Test
  void aCredentialShowsInItsName() {
    assertThat(new RequestHeaders(Map.of("Authorization", "Basic eDp5")).holdSecret()).isTrue();
    assertThat(new RequestHeaders(Map.of("x-team", "perf")).holdSecret()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {" v", "v ", "\tv\t", "  v"})
  void blanksAroundAValueAreNoPartOfIt(String value) {
    assertThat(new RequestHeaders(Map.of("x-team", value)).values()).containsEntry("x-team", "v");
    assertThat(OwnHeaders.NONE.with("x-team", value).values()).containsEntry("x-team", "v");
  }
}
