package dev.gatlingllm.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShareTest {

  @ParameterizedTest
  @CsvSource({"1, 10", "2, 10", "3, 10", "3, 2", "7, 7", "10, 101", "10, 0"})
  void theSharesTogetherHaveEveryNumberOnce(int of, long all) {
    assertThat(
            IntStream.range(0, of)
                .mapToObj(index -> new Share(index, of))
                .flatMapToLong(share -> LongStream.range(0, share.count(all)).map(share::number))
                .sorted()
                .toArray())
        .isEqualTo(LongStream.range(0, all).toArray());
  }

  @Test
  void aNumberBelongsToOneShareOnly() {
    assertThat(new Share(1, 3).has(7)).isTrue();
    assertThat(new Share(0, 3).has(7)).isFalse();
    assertThat(Share.WHOLE.has(7)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3, 4})
  void anIndexOutsideIsRefused(int index) {
    assertThatThrownBy(() -> new Share(index, 3)).hasMessageContaining(index + "/3");
  }
}
