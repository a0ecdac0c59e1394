package dev.gatlingllm.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveConfigTest {

  private static LiveConfig live(String place) {
    return GivenSettings.of(Map.of("llm.live", place)).live();
  }

  @Test
  void byDefaultNothingIsServed() {
    assertThat(GivenSettings.of(Map.of()).live().address()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"8089", "127.0.0.1:8089", "localhost:8089", "[::1]:8089", "::1:8089"})
  void aPortIsOneOfThisMachineAlone(String place) {
    InetSocketAddress address = live(place).address().orElseThrow();

    assertThat(address.getPort()).isEqualTo(8089);
    assertThat(address.getAddress().isLoopbackAddress()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0:8089", "[::]:8089", "192.0.2.7:8089"})
  void whatOtherMachinesReachNeedsASecondSetting(String place) {
    assertThatThrownBy(() -> live(place))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "llm.live = "
                + place
                + " would show the report to other machines: use a port alone, or"
                + " llm.liveAddresses = all if they may see it");
    assertThat(
            GivenSettings.of(Map.of("llm.live", place, "llm.liveAddresses", "all"))
                .live()
                .address())
        .isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", "65536", "-1", "8089/tcp", "", ":8089"})
  void whatIsNoPlaceIsRefused(String place) {
    assertThatThrownBy(() -> live(place))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("llm.live must be off, a port from 0 to 65535")
        .hasMessageContaining(", was ")
        .hasMessageContaining(place);
  }
}
