package dev.gatlingllm.capacity;

import dev.gatlingllm.decision.Evidence.Outcome;
import dev.gatlingllm.decision.LimitDecision;
import dev.gatlingllm.stats.ShareCount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Searches the greatest load at which every limit holds. A first load is doubled until a limit is
 * missed, or halved until none is. Then each probe is at a load that is likely to be the one, until
 * all probes together know it as well as was asked ({@link MissCurve}); the lower end of what they
 * know is held for longer. A quota is measured instead of searched. Confined to one thread.
 *
 * <pre>{@code
 * for (Optional<Probe> probe = search.next(); probe.isPresent(); probe = search.next()) {
 *   // put the load on, and ask search.look(state) whether the probe is to end
 *   ending = search.ended(state, ending);
 * }
 * search.finding();
 * }</pre>
 */
public final class LoadSearch {

  private static final int MOST_PROBES = 60;
  private static final int MOST_HOLDS = 4;
  private static final double LEAST_OF_FIRST = 1.0 / 16;
  private static final double AROUND = 1.6;
  private static final long FEWEST_REFUSED = 5;

  /**
   * A probe that is lucky at its beginning must not end the search: it lasts this part at least.
   */
  private static final int LEAST_PART = 4;

  /**
   * Where within the likely loads the next probes are: apart, so that the slope is seen as well.
   */
  private static final double[] PLACES = {0.5, 0.1, 0.9};

  /** A probe that has ended. */
  public record Ended(Probe probe, ProbeState state, ProbeEnd ending) {}

  private final SearchSettings settings;
  private final List<SearchLimit> limits;
  private final List<Ended> ended = new ArrayList<>();
  private Optional<Probe> current = Optional.empty();
  private Optional<Fit> fit = Optional.empty();
  private OptionalDouble quota = OptionalDouble.empty();
  private boolean quotaKnown;
  private int holds;
  private int refined;
  private Optional<SearchFinding> finding = Optional.empty();

  /** A search that has not begun. */
  public LoadSearch(SearchSettings settings, List<SearchLimit> limits) {
    this.settings = settings;
    this.limits = List.copyOf(limits);
  }

  /** The curves of all limits over what was probed. */
  private record Fit(LoadGrid grid, List<MissCurve> curves) {

    /** How likely each load is the least of those of the limits. */
    double[] likely() {
      double[] noneYet = new double[grid.size()];
      Arrays.fill(noneYet, 1);
      for (MissCurve curve : curves) {
        double left = 1;
        double[] likely = curve.likely();
        for (int i = 0; i < noneYet.length; i++) {
          left -= likely[i];
          noneYet[i] *= Math.max(0, left);
        }
      }
      double before = 1;
      for (int i = 0; i < noneYet.length; i++) {
        double after = noneYet[i];
        noneYet[i] = before - after;
        before = after;
      }
      return noneYet;
    }

    LoadRange range() {
      return grid.range(likely());
    }

    /** The limit that is reached first. */
    int first() {
      int first = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < curves.size(); i++) {
        double median = grid.quantile(curves.get(i).likely(), 0.5);
        if (median < least) {
          least = median;
          first = i;
        }
      }
      return first;
    }
  }

  /** The probe to run now; empty if the search is over. */
  public Optional<Probe> next() {
    if (finding.isPresent() || current.isPresent()) {
      throw new IllegalStateException("the search is over, or a probe has not ended");
    }
    current = decide();
    return current;
  }

  private Optional<Probe> decide() {
    if (ended.isEmpty()) {
      return probe(settings.from(), Probe.Purpose.BRACKET);
    }
    Ended last = ended.get(ended.size() - 1);
    if (last.ending() == ProbeEnd.SPENT || ended.size() >= MOST_PROBES) {
      return over(SearchEnd.SPENT);
    }
    if (last.ending() == ProbeEnd.CLIENT) {
      return isTwice(ProbeEnd.CLIENT)
          ? over(SearchEnd.CLIENT)
          : probe(last.probe().load(), last.probe().purpose());
    }
    if (last.probe().purpose() == Probe.Purpose.CONFIRM && isHeld(last)) {
      if (quota.isPresent()) {
        return over(SearchEnd.QUOTA);
      }
      if (isPrecise(fit(used().toList()).range())) {
        return over(SearchEnd.LIMIT);
      }
    }
    if (quotaKnown && quota.isEmpty()) {
      return probe(last.probe().load(), Probe.Purpose.QUOTA);
    }
    if (quota.isPresent() && limitsHoldNear(quota.getAsDouble())) {
      return hold(quota.getAsDouble() * (1 - settings.precision() / 2), SearchEnd.QUOTA);
    }
    return bracketOrRefine();
  }

  /** A client may be busy once for a reason that has nothing to do with the load. */
  private boolean isTwice(ProbeEnd ending) {
    return ended.size() > 1
        && ended.subList(ended.size() - 2, ended.size()).stream()
            .allMatch(one -> one.ending() == ending);
  }

  private boolean limitsHoldNear(double load) {
    return used().noneMatch(one -> one.probe().load() <= load && isTooMuch(one));
  }

  private Optional<Probe> bracketOrRefine() {
    double good = greatest(this::seemsGood);
    double bad = least(one -> !seemsGood(one));
    if (bad == Double.POSITIVE_INFINITY) {
      double to = settings.to().orElse(Double.POSITIVE_INFINITY);
      return good < to
          ? probe(Math.min(2 * good, to), Probe.Purpose.BRACKET)
          : greatest(this::isMet) >= to ? over(SearchEnd.RANGE) : refine();
    }
    double least = Math.max(settings.whole() ? 1 : 0, settings.from() * LEAST_OF_FIRST);
    if (good == 0 && bad > least) {
      return probe(Math.max(bad / 2, least), Probe.Purpose.BRACKET);
    }
    return good == 0 && greatest(this::isTooMuch) > 0 ? over(SearchEnd.EVERYTHING) : refine();
  }

  private double greatest(Predicate<Ended> kind) {
    return used().filter(kind).mapToDouble(LoadSearch::load).max().orElse(0);
  }

  private double least(Predicate<Ended> kind) {
    return used().filter(kind).mapToDouble(LoadSearch::load).min().orElse(Double.POSITIVE_INFINITY);
  }

  /** What the client could not send says nothing of the service. */
  private Stream<Ended> used() {
    return ended.stream().filter(one -> one.ending() != ProbeEnd.CLIENT);
  }

  private Optional<Probe> refine() {
    fit = Optional.of(fit(used().toList()));
    LoadRange range = fit.get().range();
    double to = settings.to().orElse(Double.POSITIVE_INFINITY);
    if (range.interval().low() >= to) {
      return over(SearchEnd.RANGE);
    }
    if (isPrecise(range)) {
      return hold(range.interval().low(), SearchEnd.LIMIT);
    }
    double load = fit.get().grid().quantile(fit.get().likely(), PLACES[refined++ % PLACES.length]);
    return probe(Math.min(load, to), Probe.Purpose.REFINE);
  }

  private boolean isPrecise(LoadRange range) {
    return range.relativeError() <= settings.precision()
        || (settings.whole() && range.interval().high() - range.interval().low() < 1);
  }

  private Fit fit(List<Ended> all) {
    double good = greatest(this::seemsGood);
    double bad = least(one -> !seemsGood(one));
    double low = good == 0 ? bad : Math.min(good, bad);
    double high = bad == Double.POSITIVE_INFINITY ? good : Math.max(good, bad);
    LoadGrid grid = new LoadGrid(low / AROUND, high * AROUND, settings.precision() / 6);
    List<MissCurve> curves = new ArrayList<>();
    for (int limit = 0; limit < limits.size(); limit++) {
      int index = limit;
      curves.add(
          MissCurve.of(
              grid,
              limits.get(limit).allowed(),
              all.stream()
                  .map(
                      one ->
                          new MissCurve.Point(
                              load(one), one.state().missed().get(index), one.state().piledUp()))
                  .toList()));
    }
    return new Fit(grid, curves);
  }

  private Optional<Probe> hold(double load, SearchEnd by) {
    if (settings.confirm().isZero() || holds >= MOST_HOLDS) {
      return over(by);
    }
    holds++;
    return probe(load, Probe.Purpose.CONFIRM);
  }

  private Optional<Probe> probe(double load, Probe.Purpose purpose) {
    double rounded = settings.whole() ? Math.max(1, Math.rint(load)) : load;
    Duration pause = quotaKnown ? settings.window() : Duration.ZERO;
    return Optional.of(new Probe(ended.size() + 1, rounded, purpose, pause));
  }

  private Optional<Probe> over(SearchEnd by) {
    finding = Optional.of(finding(by));
    return Optional.empty();
  }

  private SearchFinding finding(SearchEnd by) {
    if (by == SearchEnd.QUOTA) {
      double rate = quota.getAsDouble();
      return SearchFinding.ofQuota(rate, settings.precision(), held());
    }
    boolean fitted = by == SearchEnd.LIMIT || by == SearchEnd.SPENT;
    if (fitted && used().anyMatch(one -> !seemsGood(one))) {
      Fit all = fit(used().toList());
      LoadRange range = all.range();
      return new SearchFinding(
          by,
          OptionalDouble.of(range.load()),
          Optional.of(range.interval()),
          Optional.of(limits.get(all.first()).name()),
          held(),
          isPrecise(range));
    }
    return SearchFinding.atLeast(by, greatest(this::isMet));
  }

  private OptionalDouble held() {
    return used()
        .filter(one -> one.probe().purpose() == Probe.Purpose.CONFIRM && isHeld(one))
        .mapToDouble(LoadSearch::load)
        .max();
  }

  /**
   * Whether the current probe is to end, and why.
   *
   * @param hadItsPart whether it has had as much of what the search may take as one probe may have:
   *     it ends then, decided or not, but for one that holds what was found
   * @return empty if it goes on
   */
  public Optional<ProbeEnd> look(ProbeState state, boolean hadItsPart) {
    return ending(state, hadItsPart)
        .map(ending -> isOfClient(ending, state) ? ProbeEnd.CLIENT : ending);
  }

  /** What a client adds makes numbers worse: good ones are to be believed all the same. */
  private boolean isOfClient(ProbeEnd ending, ProbeState state) {
    return switch (state.client()) {
      case GOOD -> false;
      case DOUBTFUL -> ending != ProbeEnd.QUOTA && !seemsGood(state);
      case TOO_SLOW -> true;
    };
  }

  private Optional<ProbeEnd> ending(ProbeState state, boolean hadItsPart) {
    Probe probe = current.orElseThrow();
    if (isThrottled(state)) {
      boolean known = state.throttling().perMinute(settings.window()).isPresent();
      return known || isOver(state, longestOfQuota())
          ? Optional.of(ProbeEnd.QUOTA)
          : Optional.empty();
    }
    if (state.piledUp()) {
      return Optional.of(ProbeEnd.BACKLOG);
    }
    boolean confirm = probe.purpose() == Probe.Purpose.CONFIRM;
    if (!isOver(state, atLeast())) {
      return Optional.empty();
    }
    if (confirm && !isOver(state, settings.confirm())) {
      return Optional.empty();
    }
    if (confirm || hadItsPart || isOver(state, settings.atMost())) {
      return Optional.of(
          isMissed(state) ? ProbeEnd.MISSED : isMet(state) ? ProbeEnd.MET : ProbeEnd.TIME);
    }
    if (probe.purpose() == Probe.Purpose.REFINE) {
      return lookAtAll(probe.load(), state);
    }
    return isMissed(state)
        ? Optional.of(ProbeEnd.MISSED)
        : isMet(state) ? Optional.of(ProbeEnd.MET) : Optional.empty();
  }

  /** Near the limit it takes all probes to see on which side of it a load is. */
  private Optional<ProbeEnd> lookAtAll(double load, ProbeState state) {
    List<Ended> more = new ArrayList<>(used().toList());
    more.add(new Ended(current.orElseThrow(), state, ProbeEnd.TIME));
    LoadRange all = fit(more).range();
    if (load > all.interval().high()) {
      return Optional.of(ProbeEnd.MISSED);
    }
    if (!isOver(state, settings.atMost().dividedBy(LEAST_PART))) {
      return Optional.empty();
    }
    if (isPrecise(all)) {
      return Optional.of(ProbeEnd.PRECISE);
    }
    return load < all.interval().low() ? Optional.of(ProbeEnd.MET) : Optional.empty();
  }

  private Duration atLeast() {
    boolean longer = quotaKnown && settings.window().compareTo(settings.atLeast()) > 0;
    return longer ? settings.window() : settings.atLeast();
  }

  private Duration longestOfQuota() {
    return settings.window().multipliedBy(4);
  }

  private static boolean isOver(ProbeState state, Duration length) {
    return state.elapsed().compareTo(length) >= 0;
  }

  /**
   * Notes what the current probe has shown, once the last of its calls has ended.
   *
   * @return why it ended, now that all its calls are known: calls that were in flight when it was
   *     to end may show that the client was the limit
   */
  public ProbeEnd ended(ProbeState state, ProbeEnd seemed) {
    boolean ofClient = seemed != ProbeEnd.SPENT && isOfClient(seemed, state);
    ProbeEnd ending = ofClient ? ProbeEnd.CLIENT : seemed;
    Ended one = new Ended(current.orElseThrow(), state, ending);
    current = Optional.empty();
    ended.add(one);
    if (ending != ProbeEnd.CLIENT && isThrottled(state)) {
      quotaKnown = true;
      state
          .throttling()
          .perMinute(settings.window())
          .ifPresent(rate -> quota = OptionalDouble.of(rate));
    }
    return ending;
  }

  /** The probes that have ended, in their order. */
  public List<Ended> probes() {
    return List.copyOf(ended);
  }

  /** What was found; empty before the search is over. */
  public Optional<SearchFinding> finding() {
    return finding;
  }

  private boolean isThrottled(ProbeState state) {
    Throttling.Seen seen = state.throttling();
    return seen.refused() >= FEWEST_REFUSED && seen.share() > 0.01;
  }

  private static double load(Ended one) {
    return one.probe().load();
  }

  private boolean isMet(Ended one) {
    return !one.state().piledUp() && !isThrottled(one.state()) && isMet(one.state());
  }

  private boolean isTooMuch(Ended one) {
    return isTooMuch(one.state());
  }

  private boolean isTooMuch(ProbeState state) {
    return state.piledUp() || isThrottled(state) || isMissed(state);
  }

  private boolean seemsGood(Ended one) {
    return seemsGood(one.state());
  }

  /** Whether the calls keep every limit, shown or not. */
  private boolean seemsGood(ProbeState state) {
    if (isTooMuch(state)) {
      return false;
    }
    for (int i = 0; i < limits.size(); i++) {
      ShareCount missed = state.missed().get(i);
      if (missed.of() > 0 && missed.share() > limits.get(i).allowed()) {
        return false;
      }
    }
    return true;
  }

  private boolean isHeld(Ended one) {
    return !isTooMuch(one);
  }

  private boolean isMet(ProbeState state) {
    return all(state, Outcome.MET) == limits.size();
  }

  private boolean isMissed(ProbeState state) {
    return all(state, Outcome.MISSED) > 0;
  }

  private int all(ProbeState state, Outcome outcome) {
    int count = 0;
    for (int i = 0; i < limits.size(); i++) {
      count += outcome(state.missed().get(i), limits.get(i)) == outcome ? 1 : 0;
    }
    return count;
  }

  static Outcome outcome(ShareCount missed, SearchLimit limit) {
    ShareCount kept = new ShareCount(missed.of() - missed.count(), missed.of(), missed.worth());
    return LimitDecision.ofShare(kept, 1 - limit.allowed()).outcome();
  }
}
