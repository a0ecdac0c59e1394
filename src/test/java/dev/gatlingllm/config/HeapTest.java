package dev.gatlingllm.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HeapTest {

  @Test
  void aHeapThatNoRunFitsIntoIsRefusedWithTheOptionThatGivesMore() {
    assertThatThrownBy(() -> Heap.require(64L << 20))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("the heap is 64 MB; a run needs at least 192 MB: -Dgatling.jvmArgs=-Xmx1G");
  }

  @Test
  void theLeastHeapIsAcceptedWhateverTheCollectorKeepsBack() {
    assertThatCode(() -> Heap.require(192L << 20)).doesNotThrowAnyException();
    assertThatCode(() -> Heap.require(171L << 20)).doesNotThrowAnyException();
  }
}
