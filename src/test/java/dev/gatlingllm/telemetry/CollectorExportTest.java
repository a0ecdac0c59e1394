package dev.gatlingllm.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class CollectorExportTest {

  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong now = new AtomicLong();
  private final List<CompletableResultCode> results = new ArrayList<>();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  /** Every export is answered by what the test makes of it. */
  private CollectorExport export(Supplier<CompletableResultCode> answer) {
    MetricExporter exporter =
        new MetricExporter() {
          @Override
          public CompletableResultCode export(Collection<MetricData> metrics) {
            CompletableResultCode result = answer.get();
            results.add(result);
            return result;
          }

          @Override
          public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
          }

          @Override
          public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
          }

          @Override
          public AggregationTemporality getAggregationTemporality(InstrumentType type) {
            return AggregationTemporality.CUMULATIVE;
          }
        };
    return new CollectorExport(
        "http://127.0.0.1:4318/v1/metrics",
        exporter,
        new MetricsReader(),
        now::get,
        new PrintStream(printed, true, UTF_8));
  }

  private List<String> lines() {
    return printed.toString(UTF_8).lines().toList();
  }

  @Test
  void whatGoesWellIsNotTold() throws InterruptedException {
    CollectorExport export = export(CompletableResultCode::ofSuccess);
    export.send();
    export.last(5 * SECOND);
    assertThat(results).hasSize(2);
    assertThat(lines()).isEmpty();
  }

  @Test
  void theFirstFailureIsToldOnceWithWhatToDo() {
    CollectorExport export =
        export(() -> CompletableResultCode.ofExceptionalFailure(new ConnectException()));
    export.send();
    export.send();
    export.send();
    assertThat(results).hasSize(3);
    assertThat(lines())
        .containsExactly(
            "[llm] metrics did not reach the collector at http://127.0.0.1:4318/v1/metrics: no"
                + " connection. The run goes on, and so do the exports. Check llm.otlp.endpoint"
                + " (OTLP over HTTP, as a rule port 4318) and llm.otlp.headers");
  }

  @Test
  void noExportBeginsWhileOneIsUnderWay() {
    CollectorExport export = export(CompletableResultCode::new);
    export.send();
    export.send();
    assertThat(results).hasSize(1);
    results.get(0).succeed();
    export.send();
    assertThat(results).hasSize(2);
  }

  @Test
  void aDeadCollectorHoldsTheEndNoLongerThanTheBound() throws InterruptedException {
    CollectorExport export =
        export(
            () -> {
              now.addAndGet(2 * SECOND);
              return CompletableResultCode.ofExceptionalFailure(new ConnectException());
            });
    export.last(5 * SECOND);
    assertThat(results).hasSize(3);
    assertThat(lines())
        .hasSize(2)
        .last()
        .asString()
        .isEqualTo(
            "[llm] 3 of 3 exports of metrics failed; the collector does not have the totals of the"
                + " run, summary.json has them");
  }

  @Test
  void aCollectorThatNeverAnswersIsGivenUp() throws InterruptedException {
    CollectorExport export = export(CompletableResultCode::new);
    export.send();
    now.set(5 * SECOND);
    export.last(5 * SECOND);
    assertThat(lines()).last().asString().contains("does not have the totals of the run");
  }

  @Test
  void anExporterThatThrowsIsAFailureLikeAnyOther() {
    CollectorExport export =
        export(
            () -> {
              throw new IllegalStateException("closed");
            });
    export.send();
    assertThat(lines()).hasSize(1).first().asString().contains("IllegalStateException: closed");
  }

  @Test
  void theCauseIsInWordsThatHelp() {
    assertThat(CollectorExport.why(new IOException(new ConnectException())))
        .isEqualTo("no connection");
    assertThat(CollectorExport.why(new IOException(new HttpConnectTimeoutException("x"))))
        .isEqualTo("no answer within 4 s");
    assertThat(CollectorExport.why(null)).isEqualTo("the export failed");
  }
}
