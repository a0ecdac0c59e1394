package dev.gatlingllm.gatling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.config.ConfigurationException;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoomForLoadTest {

  private static final long GIGABYTE = 1 << 30;

  private static RoomForLoad room(long open, long most, long ports, long heap) {
    return new RoomForLoad(
        OptionalLong.of(open), OptionalLong.of(most), OptionalLong.of(ports), heap);
  }

  private static CallsAtOnce open(long calls, int descriptors) {
    return new CallsAtOnce(new CallsAtOnce.Need(0, 1), new CallsAtOnce.Need(calls, descriptors));
  }

  @Test
  void aClosedLoadWithoutEnoughDescriptorsIsRefusedWithTheNumbersAndTheRemedy() {
    assertThatThrownBy(
            () -> room(190, 256, 28_000, GIGABYTE).check(CallsAtOnce.ofClients(300, true)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "the load needs 830 file descriptors (2 for each of 300 calls at once with the"
                + " simulated endpoint in this process, 230 for the run itself), but ulimit -n is"
                + " 256: allow more with ulimit -n 65536");
  }

  @Test
  void anOpenLoadThatMayRunOutIsWarnedOf() {
    assertThat(room(190, 1_024, 28_000, GIGABYTE).check(open(1_000, 1)).orElseThrow())
        .startsWith("the load may need 1230 file descriptors (1 for each of 1000 calls at once, ")
        .endsWith("but ulimit -n is 1024: allow more with ulimit -n 65536");
  }

  @ParameterizedTest
  @CsvSource({"120, 1024", "397, 1024", "30000, 65536"})
  void whatThereIsRoomForIsNoWord(long calls, long limit) {
    assertThat(room(190, limit, 60_000, 4 * GIGABYTE).check(open(calls, 2))).isEmpty();
  }

  @Test
  void aLoadOfMoreCallsThanPortsIsRefused() {
    assertThatThrownBy(
            () ->
                room(190, 100_000, 28_232, 8 * GIGABYTE)
                    .check(CallsAtOnce.ofClients(30_000, false)))
        .hasMessageStartingWith(
            "the load needs 30000 local ports, one for each call at once, but"
                + " net.ipv4.ip_local_port_range has 28232: widen it with sysctl");
  }

  @Test
  void aLoadThatNoHeapOfThisSizeHoldsIsRefused() {
    assertThatThrownBy(
            () -> room(190, 100_000, 60_000, 192 << 20).check(CallsAtOnce.ofClients(10_000, false)))
        .hasMessage(
            "the load needs a heap of 197 MB for 10000 calls at once, but it is 192 MB:"
                + " -Dgatling.jvmArgs=-Xmx394M");
  }

  @Test
  void whatTheSystemDoesNotTellIsNotChecked() {
    RoomForLoad unknown =
        new RoomForLoad(
            OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), 4 * GIGABYTE);

    assertThat(unknown.check(CallsAtOnce.ofClients(50_000, true))).isEmpty();
  }
}
