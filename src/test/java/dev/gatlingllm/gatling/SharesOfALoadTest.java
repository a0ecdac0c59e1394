package dev.gatlingllm.gatling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.arrival.ArrivalSchedule;
import dev.gatlingllm.arrival.ClientProfile;
import dev.gatlingllm.config.GivenSettings;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.gatling.engine.CommonStart;
import dev.gatlingllm.gatling.engine.ManualClock;
import dev.gatlingllm.gatling.engine.ScheduledUsers;
import dev.gatlingllm.provider.Message;
import dev.gatlingllm.size.CallSize;
import dev.gatlingllm.size.CallSizes;
import io.gatling.core.session.Session$;
import io.gatling.javaapi.core.Session;
import io.netty.channel.embedded.EmbeddedChannel;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All shares of a load together are the load of one machine, call for call. */
class SharesOfALoadTest {

  private static final Session NOBODY =
      new Session(Session$.MODULE$.apply("shares", 0, new EmbeddedChannel().eventLoop()));

  /** All that the seed decides of a call that is on a schedule. */
  private record Planned(
      long number, long offsetNanos, String phase, CallSize size, List<Message> prompt) {}

  private final ManualClock clock = new ManualClock();

  private static LlmConfig settings(String... settings) {
    Map<String, String> all = new HashMap<>(Map.of("llm.profile.preventCaching", "false"));
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      all.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return GivenSettings.of(all);
  }

  private static String[] and(String[] settings, String more) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add(more);
    return all.toArray(String[]::new);
  }

  /** As machines that agreed on a start make them. */
  private List<Planned> planned(String... settings) {
    LlmConfig config = settings(settings);
    CommonStart start = new CommonStart(clock);
    long begin = clock.nanos() + 3_000_000_000L;
    start.agree(begin);
    Arrivals arrivals = Arrivals.of(Load.schedule(config), config.load().part(), clock, start);
    Prompts prompts = Prompts.of(config);
    CallSizes sizes = prompts.checkedSizes(config);
    SizeDraw draw = new SizeDraw(prompts, sizes);
    List<Planned> planned = new ArrayList<>();
    for (Iterator<Map<String, Object>> feeder = arrivals.feeder(); feeder.hasNext(); ) {
      Session session = draw.apply(NOBODY.setAll(feeder.next()));
      planned.add(
          new Planned(
              session.getLong(Arrivals.INDEX),
              session.getLong(ScheduledUsers.ARRIVAL) - begin,
              session.contains(ScheduledUsers.PHASE) ? session.getString(ScheduledUsers.PHASE) : "",
              SizeDraw.of(session),
              prompts.of(SizeDraw.number(session), SizeDraw.of(session))));
    }
    return planned;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llm.load.rpm=97 llm.load.duration=9s",
        "llm.load.rpm=97 llm.load.requests=21",
        "llm.load.rpm=97 llm.load.requests=21 llm.load.duration=9s llm.load.until=all",
        "llm.load.rpm=97 llm.load.duration=9s llm.load.arrivals=poisson",
        "llm.load.rpm=97 llm.load.duration=9s llm.load.arrivals=gamma llm.load.burstiness=0.3",
        "llm.load.profile=ramp_0_to_300_in_10s,hold_60_for_5s",
        "llm.load.profile=ramp_10_to_300_in_10s llm.load.arrivals=poisson",
        "llm.load.profile=sine_90_by_60_every_4s_for_9s llm.load.arrivals=gamma"
            + " llm.load.burstiness=4 llm.load.requests=12",
      })
  void theArrivalsOfAllSharesAreThoseOfOneToTheNanosecondWithTheirSizesAndPrompts(String load) {
    for (int seed = 1; seed <= 2; seed++) {
      String[] settings =
          (load + " llm.profile.mix=70_%_custom_60/9,30_%_custom_90/30 llm.seed=" + seed)
              .split(" ");
      for (int i = 0; i < settings.length; i++) {
        settings[i] = settings[i].replace('_', ' ');
      }
      List<Planned> whole = planned(settings);
      assertThat(whole).hasSizeGreaterThan(7);
      for (int of : new int[] {1, 2 * seed, 5 + seed}) {
        List<Planned> shares =
            IntStream.range(0, of)
                .mapToObj(index -> planned(and(settings, "llm.load.share=" + index + "/" + of)))
                .flatMap(List::stream)
                .sorted(Comparator.comparingLong(Planned::number))
                .toList();
        assertThat(shares).isEqualTo(whole);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"8, 20, 3", "8, 21, 8", "5, 5, 5", "100, 1000, 7"})
  void theClientsAndCallsOfAClosedLoadAreDividedWithoutARemainder(int clients, int calls, int of) {
    long allClients = 0;
    List<Long> numbers = new ArrayList<>();
    for (int index = 0; index < of; index++) {
      LlmConfig share =
          settings(
              "llm.load.clients=" + clients,
              "llm.load.requests=" + calls,
              "llm.load.share=" + index + "/" + of);
      allClients += share.load().clients().orElseThrow();
      Prompts prompts = Prompts.of(share);
      SizeDraw draw = new SizeDraw(prompts, prompts.checkedSizes(share));
      ClosedEnd end = new ClosedEnd(share.load(), clock, Optional.empty());
      while (end.oneMore()) {
        numbers.add(SizeDraw.number(draw.apply(NOBODY)));
      }
    }
    assertThat(allClients).isEqualTo(clients);
    assertThat(numbers.stream().sorted())
        .containsExactlyElementsOf(LongStream.range(0, calls).boxed().toList());
  }

  @Test
  void clientsThatComeAndGoAreDividedByClient() {
    ClientProfile profile =
        settings("llm.load.profile=ramp 0 to 11 clients in 9s, ramp to 2 clients in 4s")
            .load()
            .clientsOverTime()
            .orElseThrow();
    List<ClientProfile.Stay> shares = new ArrayList<>();
    for (int index = 0; index < 3; index++) {
      shares.addAll(profile.stays(index, 3));
    }
    assertThat(shares).containsExactlyInAnyOrderElementsOf(profile.stays());
    assertThat(
            settings("llm.load.profile=ramp 0 to 11 clients in 9s", "llm.load.share=2/3")
                .load()
                .mostClients())
        .isEqualTo(3);
  }

  @Test
  void whatASpendMayComeToIsDividedToo() {
    long tokens = 0;
    BigDecimal cost = BigDecimal.ZERO;
    for (int index = 0; index < 3; index++) {
      LlmConfig share =
          settings(
              "llm.spend.maxTokens=1000",
              "llm.spend.maxCost=1",
              "llm.cost.prices=feeders/prices-example.conf",
              "llm.load.share=" + index + "/3");
      tokens += share.spend().maxTokens().orElseThrow();
      cost = cost.add(share.spend().maxCost().orElseThrow());
    }
    assertThat(tokens).isEqualTo(1000);
    assertThat(cost).isBetween(new BigDecimal("0.99999999"), BigDecimal.ONE);
  }

  @Test
  void rowsAndListedCallsAreDividedByTheirPlace() {
    List<String> calls = List.of("a", "b", "c", "d", "e");
    List<Map<String, Object>> rows =
        calls.stream().map(call -> Map.<String, Object>of("row", call)).toList();
    OwnShare second = OwnShare.of(settings("llm.load.share=1/3").load());
    assertThat(second.items("llm.heatmap", "calls", calls)).containsExactly("b", "e");
    assertThat(second.rows(rows.iterator()))
        .toIterable()
        .containsExactly(Map.of("row", "b"), Map.of("row", "e"));
    assertThat(second.number(2)).isEqualTo(7);
  }

  private long begin(CommonStart start) {
    Arrivals arrivals =
        Arrivals.of(
            ArrivalSchedule.constant(60, Duration.ofSeconds(9)),
            settings().load().part(),
            clock,
            start);
    return (Long) arrivals.feeder().next().get(ScheduledUsers.ARRIVAL);
  }

  @Test
  void aLoadThatIsLateKeepsItsArrivalsAndOneThatFollowsBeginsByItself() {
    CommonStart start = new CommonStart(clock);
    long agreed = clock.nanos() + 1_000_000_000L;
    start.agree(agreed);
    clock.advance(3, TimeUnit.SECONDS);
    assertThat(begin(start)).isEqualTo(agreed);
    assertThat(begin(start)).isEqualTo(agreed);
    clock.advance(9, TimeUnit.SECONDS);
    assertThat(begin(start)).isEqualTo(clock.nanos() + 500_000_000L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "llm.load.clients=2|llm.load.share must have at most as many shares as llm.load.clients has"
            + " clients (2), so that each share has one, was 1/3",
        "llm.load.clients=3 llm.load.requests=2|as llm.load.requests has calls (2)",
        "llm.load.profile=ramp_0_to_2_clients_in_9s|as llm.load.profile has clients (2)",
        "llm.load.rpm=60 llm.load.requests=2|as the load has arrivals (2)",
        "llm.slo.abort=on llm.slo.ttft.p95=1s|must not be set with llm.slo.abort, which would end the"
            + " load by the calls of one share, was 1/3",
        "llm.gate.undecided=extend llm.gate.atMost.calls=900|must not be set with llm.gate.undecided ="
            + " extend, which decides by the calls so far how the load goes on",
      })
  void aLoadThatCannotBeDividedIsRefusedWithItsReason(String settings, String message) {
    String[] all = (settings + " llm.load.share=1/3").split(" ");
    for (int i = 0; i < all.length; i++) {
      all[i] = all[i].replace('_', ' ');
    }
    assertThatThrownBy(() -> Load.schedule(settings(all))).hasMessageContaining(message);
  }
}
