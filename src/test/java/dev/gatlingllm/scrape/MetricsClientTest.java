package dev.gatlingllm.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsClientTest {

  private MetricsStub stub;

  @BeforeEach
  void start() throws IOException {
    stub = new MetricsStub();
  }

  @AfterEach
  void stop() throws IOException {
    stub.close();
  }

  private MetricsClient.Answer read(Duration patience) {
    return new MetricsClient(Map.of("Authorization", "Bearer of-the-metrics"), patience)
        .read(stub.address())
        .join();
  }

  @Test
  void theAnswerIsReadAndTheHeadersGoWithTheRequest() {
    stub.answersVllm(3, 8);
    MetricsClient.Answer answer = read(Duration.ofSeconds(30));
    assertThat(answer.error()).isEmpty();
    assertThat(answer.text().samples()).hasSize(3);
    assertThat(stub.requests().get(0))
        .contains("GET /metrics HTTP/1.1", "Authorization: Bearer of-the-metrics");
  }

  @Test
  void aStatusAndATextThatIsNoMetricsAreErrorsThatQuoteNothing() {
    stub.answers(501, "This server does not support metrics: start it with `--metrics`");
    assertThat(read(Duration.ofSeconds(30)).error()).isEqualTo("it answered 501");
    stub.answers(302, "");
    assertThat(read(Duration.ofSeconds(30)).error()).isEqualTo("it answered 302");
    stub.answers(200, "<html>a secret</html>");
    assertThat(read(Duration.ofSeconds(30)).error())
        .isEqualTo("what it answered is not Prometheus text");
  }

  @Test
  void anAnswerThatDoesNotEndIsGivenUpAndItsConnectionClosed() throws Exception {
    stub.answersVllm(1, 1);
    stub.hangs();
    assertThat(read(Duration.ofMillis(400)).error()).isEqualTo("no answer within 400 ms");
    assertThat(stub.awaitClosedByClient()).isTrue();
  }

  @Test
  void nobodyListens() throws IOException {
    URI nowhere;
    try (ServerSocket free = new ServerSocket(0)) {
      nowhere = URI.create("http://127.0.0.1:" + free.getLocalPort() + "/metrics");
    }
    assertThat(new MetricsClient(Map.of(), Duration.ofSeconds(30)).read(nowhere).join().error())
        .isEqualTo("no connection");
  }

  @Test
  void aBodyThatIsTooLongIsNotKept() {
    BoundedBody body = new BoundedBody(10);
    boolean[] cancelled = new boolean[1];
    body.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long n) {}

          @Override
          public void cancel() {
            cancelled[0] = true;
          }
        });
    body.onNext(List.of(ByteBuffer.allocate(6), ByteBuffer.allocate(5)));
    assertThat(cancelled[0]).isTrue();
    assertThat(body.getBody().toCompletableFuture())
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(BoundedBody.TooLongException.class);
  }
}
