package dev.gatlingllm.health;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LocalPortsTest {

  @Test
  void aRangeHasBothItsEnds() {
    assertThat(LocalPorts.count("32768\t60999\n")).hasValue(28_232);
  }

  @Test
  void whatIsNoRangeIsUnknown() {
    assertThat(LocalPorts.count("")).isEmpty();
    assertThat(LocalPorts.count("a b")).isEmpty();
  }
}
