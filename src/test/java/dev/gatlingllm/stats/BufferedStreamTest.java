package dev.gatlingllm.stats;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.CallRecord;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BufferedStreamTest {

  private static final long PAUSE = 30_000;

  @Test
  void aWholeAnswerInOneReadIsBuffered() {
    assertBuffered(stream(10, every(9, 0)));
    assertBuffered(stream(10, gaps(218, every(8, 0))));
    assertBuffered(stream(8, every(7, 3)));
  }

  @Test
  void manyPiecesWithoutAPauseAreBufferedThoughAColdClientReadsThemUnevenly() {
    assertBuffered(stream(100, every(99, 6)));
    long[] cold = every(99, 40);
    cold[3] = 7_380;
    cold[50] = 1_120;
    cold[60] = 446;
    assertBuffered(stream(100, cold));
  }

  @Test
  void anAnswerThatComesInAFewHeapsIsBuffered() {
    long[] three = gaps(every(29, 0), 300_000, every(29, 0), 300_000, every(29, 0));
    assertBuffered(stream(90, three));
    three[40] = 449;
    assertBuffered(stream(90, three));
  }

  @Test
  void aLongAnswerInManyHeapsOfABufferIsBuffered() {
    long[] heaps = {};
    for (int i = 0; i < 40; i++) {
      heaps = gaps(heaps, 180_000, every(19, 4));
    }
    assertBuffered(stream(800, heaps));
  }

  @Test
  void anAnswerOfWhichHalfWasCollectedAndTheRestCameAsItWasMadeIsBuffered() {
    assertBuffered(stream(100, gaps(every(49, 0), every(50, PAUSE))));
  }

  @Test
  void anAnswerWhoseCollectorLetsGoAtLastIsBuffered() {
    assertBuffered(stream(60, gaps(every(30, PAUSE), every(29, 0))));
    long[] shrinking = LongStream.iterate(200_000, gap -> gap / 2).limit(24).toArray();
    assertBuffered(stream(25, shrinking));
  }

  @Test
  void anEvenStreamIsNotBufferedHoweverManyTokensAChunkHas() {
    assertSeen(stream(10, every(9, PAUSE)));
    assertSeen(stream(10 * 20, every(9, 150_000)));
    assertSeen(stream(4 * 20, every(3, 100_000)));
  }

  @Test
  void aServiceOfThousandsOfTokensASecondIsNotBuffered() {
    assertSeen(stream(500, jittered(499, 333)));
    assertSeen(stream(12, jittered(11, 333)));
    assertSeen(stream(2_000, every(99, 6_600)));
    // Ten milliseconds of tokens in each write.
    long[] writes = {};
    for (int i = 0; i < 20; i++) {
      writes = gaps(writes, 10_000, every(24, 2));
    }
    assertSeen(stream(500, writes));
  }

  @Test
  void aDecoderThatSpeculatesSendsTheTokensOfAStepTogetherAndIsNotBuffered() {
    long[] steps = {};
    for (int i = 0; i < 40; i++) {
      steps = gaps(steps, 25_000, every(4, 5));
    }
    assertSeen(stream(200, steps));
  }

  @Test
  void whatALostPacketHeldBackIsASmallPartOfALongAnswer() {
    assertSeen(stream(300, gaps(every(150, 10_000), 200_000, every(20, 0), every(128, 10_000))));
  }

  @Test
  void ofAFewChunksOrTokensNothingIsSaid() {
    for (CallRecord few :
        new CallRecord[] {
          stream(400, every(2, 20)),
          stream(3, every(2, 0)),
          stream(1, every(0, 0)),
          stream(7, every(6, 0))
        }) {
      assertThat(BufferedStream.isJudged(few)).isFalse();
      assertThat(BufferedStream.is(few)).isFalse();
    }
    assertThat(BufferedStream.is(call().notStreaming().tokens(9, 500).record())).isFalse();
  }

  @Test
  void manyHiddenTokensDoNotMakeAnEvenStreamABufferedOne() {
    assertSeen(stream(30_000, every(19, 2_000)));
  }

  @Test
  void chunksOfManyTokensWithoutAPauseAreBuffered() {
    assertBuffered(stream(100, every(4, 200)));
  }

  @Test
  void aBufferedStreamHasNoRateAndNoInterChunkLatencyButATimeToFirstToken() {
    CallRecord buffered = stream(10, every(9, 3));
    assertThat(Measure.TPOT.of(buffered)).isEmpty();
    assertThat(Measure.TOKENS_PER_SECOND.of(buffered)).isEmpty();
    assertThat(Measure.MAX_INTER_CHUNK.of(buffered)).isEmpty();
    assertThat(Measure.TTFT.of(buffered)).hasValue(600);
    assertThat(Measure.TOKENS_PER_SECOND_E2E.of(buffered)).isPresent();
    InterChunkHistogram histogram = new InterChunkHistogram();
    histogram.add(buffered);
    assertThat(histogram.distribution(PercentileRule.SHOW_ALL).n()).isZero();
  }

  private static void assertBuffered(CallRecord call) {
    assertThat(BufferedStream.isJudged(call)).isTrue();
    assertThat(BufferedStream.is(call)).isTrue();
  }

  private static void assertSeen(CallRecord call) {
    assertThat(BufferedStream.isJudged(call)).isTrue();
    assertThat(BufferedStream.is(call)).isFalse();
  }

  private static CallRecord stream(long tokens, long[] gapMicros) {
    return call().chunks(600, gapMicros).tokens(12, tokens).record();
  }

  private static long[] every(int count, long micros) {
    return LongStream.generate(() -> micros).limit(count).toArray();
  }

  /** As a network leaves them: a part comes with the one before. */
  private static long[] jittered(int count, long micros) {
    Random random = new Random(7);
    return IntStream.range(0, count)
        .mapToLong(i -> Math.round(micros * (0.2 + 1.6 * random.nextDouble())))
        .toArray();
  }

  /** Times, and lists of them, in a row. */
  private static long[] gaps(Object... parts) {
    return Arrays.stream(parts)
        .flatMapToLong(
            part ->
                part instanceof long[] list
                    ? Arrays.stream(list)
                    : LongStream.of(((Number) part).longValue()))
        .toArray();
  }
}
