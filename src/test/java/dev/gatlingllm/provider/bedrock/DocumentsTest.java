package dev.gatlingllm.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DocumentsTest {

  @Test
  void keepsNumbersExact() {
    Object numbers =
        List.of(1, 2L, 0.1, 0.1f, (short) 3, new BigInteger("12345678901234567890"), 1e300);

    assertThat(Documents.of(numbers).asList())
        .extracting(document -> document.asNumber().bigDecimalValue().toString())
        .containsExactly("1", "2", "0.1", "0.1", "3", "12345678901234567890", "1.0E+300");
  }

  @Test
  void refusesWhatJsonDoesNotHave() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Documents.of(Double.NaN))
        .withMessage("a number of the extra body must be finite, was NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Documents.of(Map.of("deep", List.of('x'))))
        .withMessage(
            "extra body takes String, Number, Boolean, List and Map, had class"
                + " java.lang.Character");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Documents.of(Map.of(1, "x")))
        .withMessage("a key of the extra body is no String: 1");
  }
}
