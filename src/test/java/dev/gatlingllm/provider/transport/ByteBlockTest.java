package dev.gatlingllm.provider.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteBlockTest {

  @Test
  void keepsTheRoomOfAnOrdinaryLengthAndGivesBackThatOfAGreatOne() {
    ByteBlock block = new ByteBlock(1 << 20);
    block.append(new byte[1_000], 0, 1_000);
    byte[] ordinary = block.bytes();
    block.clear();
    assertThat(block.bytes()).isSameAs(ordinary);

    block.append(new byte[200_000], 0, 200_000);
    block.clear();
    assertThat(block.bytes()).isEmpty();
    assertThat(block.append(new byte[] {7}, 0, 1)).isTrue();
    assertThat(block.bytes()[0]).isEqualTo((byte) 7);
  }

  @Test
  void takesNoMoreThanItsLimit() {
    ByteBlock block = new ByteBlock(1_500);
    assertThat(block.append(new byte[1_000], 0, 1_000)).isTrue();
    assertThat(block.append(new byte[1_000], 0, 1_000)).isFalse();
    assertThat(block.length()).isEqualTo(1_500);
    assertThat(block.bytes()).hasSize(1_500);
  }
}
