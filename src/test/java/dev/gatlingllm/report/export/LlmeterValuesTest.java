package dev.gatlingllm.report.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class LlmeterValuesTest {

  /** Expected: Python's statistics.mean, median, quantiles(n=10) and quantiles(n=100). */
  @Test
  void statisticsAreThoseThatLlmetersReaderFinds() {
    ObjectNode few = statistics(0.4, 0.1, 0.2);
    assertThat(few.get("x-average").asDouble()).isEqualTo(0.23333333333333334);
    assertThat(few.get("x-p50").asDouble()).isEqualTo(0.2);
    assertThat(few.get("x-p90").asDouble()).isEqualTo(0.52);
    assertThat(few.get("x-p99").asDouble()).isEqualTo(0.5920000000000001);
    double[] hundred = new double[150];
    for (int i = 0; i < hundred.length; i++) {
      hundred[i] = i * i;
    }
    assertThat(statistics(hundred).get("x-p90").asDouble()).isEqualTo(18198.1);
    assertThat(statistics(hundred).get("x-p99").asDouble()).isEqualTo(22049.53);
    assertThat(statistics(7).get("x-p99").asDouble()).isEqualTo(7);
    assertThat(statistics().get("x-p50").isNull()).isTrue();
  }

  private static ObjectNode statistics(double... values) {
    LlmeterValues all = new LlmeterValues();
    for (double value : values) {
      all.add(value);
    }
    ObjectNode node = new ObjectMapper().createObjectNode();
    all.write("x", node);
    return node;
  }
}
