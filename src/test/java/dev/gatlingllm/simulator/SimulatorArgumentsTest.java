package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SimulatorArgumentsTest {

  @Test
  void withoutArgumentsTheDefaultsHold() {
    assertThat(SimulatorArguments.parse()).isEqualTo(SimulatorSettings.defaults());
  }

  @Test
  void everySettingHasAKey() {
    SimulatorSettings parsed =
        SimulatorArguments.parse(
            "--time-to-first-token=300",
            "--prefill-millis-per-input-token=0.1",
            "--tokens-per-second=80.5",
            "--tokens-per-chunk=2",
            "--first-token-jitter=none",
            "--gap-jitter=lognormal:0.3",
            "--output-tokens=64",
            "--default-max-tokens=128",
            "--reasoning-tokens=16",
            "--reasoning-streamed=false",
            "--cached-fraction=0.5",
            "--capacity=4",
            "--queue-limit=8",
            "--requests-per-minute=600",
            "--tokens-per-minute=60000",
            "--burst=1000",
            "--retry-after=false",
            "--retry-after-millis=false",
            "--fault-cut=0.25",
            "--fault-error-event=0.125",
            "--fault-after-chunks=5",
            "--throttle-wait=50",
            "--bind=127.0.0.2",
            "--port=8080",
            "--tls=true",
            "--threads=1",
            "--api-key=secret",
            "--region=swedencentral",
            "--utilization-percent=41.7",
            "--recorded-calls=0",
            "--seed=99");

    assertThat(parsed)
        .isEqualTo(
            SimulatorSettings.builder()
                .timeToFirstToken(Duration.ofMillis(300))
                .prefillMillisPerInputToken(0.1)
                .tokensPerSecond(80.5)
                .tokensPerChunk(2)
                .firstTokenJitter(Jitter.NONE)
                .gapJitter(Jitter.logNormal(0.3))
                .outputTokens(64)
                .defaultMaxTokens(128)
                .reasoningTokens(16)
                .reasoningStreamed(false)
                .cachedFraction(0.5)
                .capacity(4)
                .queueLimit(8)
                .requestsPerMinute(600)
                .tokensPerMinute(60_000)
                .burst(Duration.ofSeconds(1))
                .retryAfter(false)
                .retryAfterMillis(false)
                .fault(Fault.CUT, 0.25)
                .fault(Fault.ERROR_EVENT, 0.125)
                .faultAfterChunks(5)
                .throttleWait(Duration.ofMillis(50))
                .bind("127.0.0.2")
                .port(8080)
                .tls(true)
                .threads(1)
                .apiKey("secret")
                .region("swedencentral")
                .utilizationPercent(41.7)
                .recordedCalls(0)
                .seed(99)
                .build());
  }

  @Test
  void anUnknownKeyIsNamedWithThoseThatAreAccepted() {
    assertThatThrownBy(() -> SimulatorArguments.parse("--prot=8080"))
        .hasMessageStartingWith("unknown key --prot; accepted are --api-key, --bind, --burst")
        .hasMessageContaining("--fault-no-done");
  }

  @Test
  void aWrongValueIsNamedWithItsKey() {
    refused("--port=eighty", "--port must be a number, was 'eighty'");
    refused("--retry-after=yes", "--retry-after: must be true or false, was 'yes'");
    refused(
        "--gap-jitter=wild",
        "--gap-jitter: jitter must be none, uniform:<fraction> or lognormal:<sigma>, was 'wild'");
    refused("--capacity=0", "capacity must be >= 1, was 0");
    refused("capacity=1", "arguments must have the form --key=value, was 'capacity=1'");
  }

  private static void refused(String argument, String message) {
    assertThatThrownBy(() -> SimulatorArguments.parse(argument))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
