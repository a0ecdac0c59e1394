package dev.gatlingllm.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class FiguresTest {

  @Test
  void readersGetThreeSignificantDigits() {
    assertThat(Figures.number(0)).isEqualTo("0");
    assertThat(Figures.number(0.01234)).isEqualTo("0.012");
    assertThat(Figures.number(0.9996)).isEqualTo("1.00");
    assertThat(Figures.number(1.2345)).isEqualTo("1.23");
    assertThat(Figures.number(9.996)).isEqualTo("10.0");
    assertThat(Figures.number(70.2247)).isEqualTo("70.2");
    assertThat(Figures.number(166.6667)).isEqualTo("167");
    assertThat(Figures.number(1234567.8)).isEqualTo("1,234,568");
    assertThat(Figures.number(12)).isEqualTo("12");
    assertThat(Figures.number(OptionalDouble.empty())).isEqualTo("–");
  }

  @Test
  void aPercentageIsNeverRoundedToAllOrNothing() {
    assertThat(percent(100)).isEqualTo("100");
    assertThat(percent(99.99)).isEqualTo(">99.9");
    assertThat(percent(99.85)).isEqualTo("99.9");
    assertThat(percent(0)).isEqualTo("0");
    assertThat(percent(0.001)).isEqualTo("<0.01");
    assertThat(percent(3.456)).isEqualTo("3.46");
    assertThat(Figures.percent(OptionalDouble.empty())).isEqualTo("–");
  }

  @Test
  void machinesGetPlainDecimals() {
    assertThat(Figures.plain(418)).isEqualTo("418");
    assertThat(Figures.plain(70.224719)).isEqualTo("70.225");
    assertThat(Figures.plain(1.2203389E7)).isEqualTo("12203389");
    assertThat(Figures.plain(100)).isEqualTo("100");
  }

  @Test
  void durationsAreInTheLargestUnits() {
    assertThat(Figures.duration(0.5)).isEqualTo("0.500 s");
    assertThat(Figures.duration(303)).isEqualTo("5 min 03 s");
    assertThat(Figures.duration(3723)).isEqualTo("1 h 02 min 03 s");
  }

  private static String percent(double value) {
    return Figures.percent(OptionalDouble.of(value));
  }
}
