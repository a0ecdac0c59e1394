package dev.gatlingllm.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.secret.Redaction;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OwnHeadersTest {

  private static final Trace TRACE = new Trace("5".repeat(32), () -> 6);

  private static OwnHeaders of(String name, String value) {
    return OwnHeaders.NONE.with(name, value);
  }

  @Test
  void theOwnOnesComeFirstWhateverTheirCase() {
    OwnHeaders both = of("X-Team", "own").orElse(of("x-team", "other").with("x-more", "1"));
    assertThat(both.values())
        .containsExactlyInAnyOrderEntriesOf(Map.of("x-team", "own", "x-more", "1"));
    assertThat(of("x-a", "1").with("X-A", "2").values()).hasSize(1).containsEntry("x-a", "2");
  }

  @Test
  void aTraceThatIsBegunTakesThePlaceOfOneThatIsGivenAndTheOtherWayRound() {
    OwnHeaders given = of("Traceparent", "given");
    assertThat(given.with(TRACE).ofAttempt())
        .hasSize(1)
        .containsEntry("traceparent", "00-" + "5".repeat(32) + "-0000000000000006-01");
    assertThat(OwnHeaders.NONE.with(TRACE).with("traceparent", "given").traceId()).isEmpty();
    assertThat(given.orElse(OwnHeaders.NONE.with(TRACE)).ofAttempt())
        .containsEntry("traceparent", "given");
    assertThat(OwnHeaders.NONE.with(TRACE).orElse(given).ofAttempt().get("traceparent"))
        .startsWith("00-555");
  }

  @Test
  void aBadOneIsRefusedByNameWithoutItsValue() {
    assertThatThrownBy(() -> of("x-session", "hid\nden"))
        .hasMessage(
            "header x-session must be printable ASCII on one line (the value is not shown)");
    assertThatThrownBy(() -> of("x-session", "Größe")).hasMessageNotContaining("Größe");
    assertThatThrownBy(() -> of("Host", "h")).hasMessageStartingWith("header Host cannot be set");
    assertThatThrownBy(() -> OwnHeaders.checkName("a b")).hasMessageStartingWith("header a b is");
  }

  @Test
  void aSecretIsHiddenFromNowOn() {
    OwnHeaders headers = of("x-gateway-token", "token-of-this-test");
    assertThat(headers).asString().isEqualTo("OwnHeaders[x-gateway-token]");
    assertThat(Redaction.line("the service said token-of-this-test")).doesNotContain("token-of");
  }

  @Test
  void aSecretDoesNotGoToAnotherMachineWithoutTlsUnlessTheSettingsSaySo() {
    NetworkSettings network =
        new NetworkSettings(
            Duration.ofSeconds(1), new RequestHeaders(Map.of("x-a", "all")), Proxies.NONE, false);
    OwnHeaders headers = of("Authorization", "Bearer of-a-test").with("x-a", "own");
    assertThatThrownBy(() -> network.headersOf(headers, URI.create("http://192.0.2.1/v1")))
        .hasMessageStartingWith("header Authorization is a secret")
        .hasMessageNotContaining("of-a-test");
    assertThat(network.withPlainHttp(true).headersOf(headers, URI.create("http://192.0.2.1/v1")))
        .extracting(all -> all.values().size())
        .isEqualTo(2);
    for (String safe : new String[] {"https://192.0.2.1/v1", "http://127.0.0.1:9/v1"}) {
      assertThat(network.headersOf(headers, URI.create(safe)).values()).containsEntry("x-a", "own");
    }
    assertThat(of("x-session", "7").secret()).isEqualTo(Optional.empty());
  }
}
