package dev.gatlingllm.arrival;

import static dev.gatlingllm.arrival.RatePhase.hold;
import static dev.gatlingllm.arrival.RatePhase.pause;
import static dev.gatlingllm.arrival.RatePhase.ramp;
import static dev.gatlingllm.arrival.RatePhase.sine;
import static dev.gatlingllm.arrival.RatePhase.steps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientProfileTest {

  private static final long SECOND = 1_000_000_000L;

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  @Test
  void clientsJoinWhenTheProfileReachesThemAndLeaveWhenItFallsBelow() {
    ClientProfile profile =
        ClientProfile.of(
            List.of(ramp(1, 3, seconds(20)), hold(3, seconds(10)), ramp(3, 0, seconds(30))));

    assertThat(profile.most()).isEqualTo(3);
    assertThat(profile.duration()).isEqualTo(seconds(60));
    List<ClientProfile.Stay> stays = profile.stays();
    assertThat(stays).extracting(stay -> stay.fromNanos() / 1e9).containsExactly(0.0, 10.0, 20.0);
    // The third leaves as soon as the line falls, the second at 2, the first at 1.
    assertThat(stays)
        .extracting(stay -> Math.round(stay.toNanos() / 1e6))
        .containsExactly(50_000L, 40_000L, 30_000L);
  }

  @Test
  void aClientMayComeBack() {
    ClientProfile profile =
        ClientProfile.of(List.of(hold(2, seconds(5)), pause(seconds(5)), hold(1, seconds(5))));

    assertThat(profile.stays())
        .containsExactly(
            new ClientProfile.Stay(0, 5 * SECOND),
            new ClientProfile.Stay(0, 5 * SECOND),
            new ClientProfile.Stay(10 * SECOND, 15 * SECOND));
  }

  @Test
  void aSineBringsTheClientsOfEachSwing() {
    ClientProfile profile =
        ClientProfile.of(List.of(sine(2, 1, seconds(10), seconds(30)), steps(1, 2, 1, seconds(5))));

    // The third is there for no more than the instant of each peak.
    assertThat(profile.stays()).filteredOn(stay -> stay.fromNanos() > 0).isNotEmpty();
    assertThat(profile.curve().phases())
        .extracting(RateProfile.Span::name)
        .containsExactly("1 sine 2 by 1 clients", "2 step 1 clients", "3 step 2 clients");
    for (long at = 0; at < 40 * SECOND; at += SECOND / 7) {
      long instant = at;
      long there =
          profile.stays().stream()
              .filter(stay -> stay.fromNanos() <= instant && instant < stay.toNanos())
              .count();
      assertThat(there).isEqualTo((long) profile.curve().rpmAt(at));
    }
  }

  @Test
  void aProfileWithoutAClientIsRefused() {
    assertThatThrownBy(() -> ClientProfile.of(List.of(hold(0.5, seconds(1)))))
        .hasMessage("profile must reach at least 1 client and at most 1000000, reached 0.5");
  }
}
