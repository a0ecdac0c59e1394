package dev.gatlingllm.config;

import dev.gatlingllm.arrival.ArrivalProcess;
import dev.gatlingllm.arrival.ArrivalSchedule;
import dev.gatlingllm.arrival.ClientProfile;
import dev.gatlingllm.arrival.RateProfile;
import dev.gatlingllm.record.Share;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code llm.load}: when calls arrive.
 *
 * @param rpm arrivals per minute; absent for a closed load, and with {@code rates}
 * @param rates arrivals per minute over time; absent with {@code rpm}, and for a closed load
 * @param clientsOverTime clients of a closed load over time; absent for any other load
 * @param duration how long calls arrive; absent if {@code requests} alone ends the load, and with a
 *     profile, which has its own
 * @param requests how many calls to start; absent if {@code duration} or a profile alone ends the
 *     load
 * @param untilAll whether both must be reached, and not the first of them
 * @param clients clients of a closed load, or most calls in flight of an open one
 * @param arrivals how arrivals lie around the rate
 * @param maxScheduleDelay an arrival later than this is dropped
 * @param catchUp whether late arrivals are sent all the same
 * @param drain how long calls in flight may go on when the run is told to stop
 * @param share the part of the load that this process makes; absent if it makes all of it
 */
public record LoadConfig(
    OptionalDouble rpm,
    Optional<RateProfile> rates,
    Optional<ClientProfile> clientsOverTime,
    Optional<Duration> duration,
    OptionalLong requests,
    boolean untilAll,
    OptionalInt clients,
    ArrivalProcess arrivals,
    Duration maxScheduleDelay,
    boolean catchUp,
    Duration drain,
    Optional<Share> share) {

  private static final double DEFAULT_RPM = 120;
  private static final Duration DEFAULT_DURATION = Duration.ofMinutes(1);
  private static final String RPM = "llm.load.rpm";
  private static final String DURATION = "llm.load.duration";
  private static final String CLIENTS = "llm.load.clients";
  private static final String ARRIVALS = "llm.load.arrivals";
  private static final String BURSTINESS = "llm.load.burstiness";

  /** The key of the share. */
  public static final String SHARE = "llm.load.share";

  private static final Pattern SHARE_FORM = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

  static LoadConfig read(ConfigReader reader) {
    OptionalInt clients = reader.optionalInteger(CLIENTS, 1);
    OptionalDouble rpm = reader.optionalPositive(RPM);
    boolean untilAll = reader.choice("llm.load.until", List.of("any", "all")).equals("all");
    Optional<ProfilePhrases.Read> profile = profile(reader, untilAll);
    boolean ofClients = profile.isPresent() && profile.get().ofClients();
    LoadConfig all =
        new LoadConfig(
            rpm.isPresent() || clients.isPresent() || profile.isPresent()
                ? rpm
                : OptionalDouble.of(DEFAULT_RPM),
            profile
                .filter(read -> !read.ofClients())
                .map(read -> built(() -> withArrivals(RateProfile.of(read.phases())))),
            profile
                .filter(ProfilePhrases.Read::ofClients)
                .map(read -> built(() -> ClientProfile.of(read.phases()))),
            profile.isPresent() ? Optional.empty() : duration(reader),
            reader.optionalLong("llm.load.requests", 1),
            untilAll,
            clients,
            arrivals(
                reader, ofClients || (rpm.isEmpty() && clients.isPresent() && profile.isEmpty())),
            reader.duration("llm.load.maxScheduleDelay"),
            reader.flag("llm.load.catchUp"),
            reader.duration("llm.load.drain"),
            share(reader));
    return all.ofShare();
  }

  private static RateProfile withArrivals(RateProfile rates) {
    var unused = ArrivalSchedule.of(rates);
    return rates;
  }

  private static <T> T built(Supplier<T> profile) {
    return ConfigurationException.in(ProfilePhrases.KEY + ": ", profile);
  }

  private static Optional<ProfilePhrases.Read> profile(ConfigReader reader, boolean untilAll) {
    List<String> phrases = reader.texts(ProfilePhrases.KEY);
    if (phrases.size() == 1) {
      phrases = Arrays.asList(phrases.get(0).split(",", -1));
    }
    if (phrases.isEmpty()) {
      return Optional.empty();
    }
    refuse(reader, RPM, "says the rate itself");
    refuse(reader, DURATION, "says the times itself");
    if (untilAll) {
      throw new ConfigurationException(
          "llm.load.until must be any with " + ProfilePhrases.KEY + ", which ends by itself");
    }
    ProfilePhrases.Read read = ProfilePhrases.read(phrases);
    if (read.ofClients()) {
      refuse(reader, CLIENTS, "says the clients itself");
    }
    return Optional.of(read);
  }

  private static void refuse(ConfigReader reader, String key, String why) {
    if (reader.isSet(key)) {
      throw new ConfigurationException(
          key
              + " must not be set with "
              + ProfilePhrases.KEY
              + ", which "
              + why
              + ", was "
              + reader.raw(key)
              + ": leave it out, or set it to null");
    }
  }

  private static ArrivalProcess arrivals(ConfigReader reader, boolean closed) {
    ArrivalProcess.Kind kind = reader.choice(ARRIVALS, ArrivalProcess.Kind.class);
    boolean gamma = kind == ArrivalProcess.Kind.GAMMA;
    if (gamma && closed) {
      throw new ConfigurationException(
          ARRIVALS + " must be constant with a closed load, in which clients decide, was gamma");
    }
    if (gamma != reader.isSet(BURSTINESS)) {
      throw new ConfigurationException(
          gamma
              ? BURSTINESS
                  + " must be set with "
                  + ARRIVALS
                  + " = gamma, from 0.01 to 1000: 1 is poisson, less comes in bursts"
              : BURSTINESS + " must not be set unless " + ARRIVALS + " = gamma");
    }
    if (gamma) {
      return ArrivalProcess.gamma(
          reader.decimal(BURSTINESS, 0.01, 1_000, "a number from 0.01 to 1000"));
    }
    return kind == ArrivalProcess.Kind.POISSON ? ArrivalProcess.POISSON : ArrivalProcess.CONSTANT;
  }

  /**
   * The load with the clients of its share, and if it is closed, with its calls; arrivals are
   * divided where they are made.
   */
  private LoadConfig ofShare() {
    clientsOverTime.ifPresent(of -> requireEnough(ProfilePhrases.KEY, of.most(), "clients"));
    OptionalInt ownClients =
        clients.isPresent()
            ? OptionalInt.of((int) ofShare(CLIENTS, clients.getAsInt(), "clients"))
            : clients;
    OptionalLong ownRequests =
        requests.isPresent() && !isOpen()
            ? OptionalLong.of(ofShare("llm.load.requests", requests.getAsLong(), "calls"))
            : requests;
    return new LoadConfig(
        rpm,
        rates,
        clientsOverTime,
        duration,
        ownRequests,
        untilAll,
        ownClients,
        arrivals,
        maxScheduleDelay,
        catchUp,
        drain,
        share);
  }

  /**
   * How many of so many things the share has.
   *
   * @param key of the setting that says how many there are
   * @param what they are, in the plural
   * @throws ConfigurationException if another share would have none
   */
  public long ofShare(String key, long all, String what) {
    requireEnough(key, all, what);
    return part().count(all);
  }

  private void requireEnough(String key, long all, String what) {
    if (all < part().of()) {
      throw new ConfigurationException(
          SHARE
              + " must have at most as many shares as "
              + key
              + " has "
              + what
              + " ("
              + all
              + "), so that each share has one, was "
              + part());
    }
  }

  /**
   * Refuses a share of a load that cannot be divided.
   *
   * @param what the load
   * @param why it cannot
   * @throws ConfigurationException if it is only a share
   */
  public void requireWhole(String what, String why) {
    if (part().splits()) {
      throw new ConfigurationException(
          SHARE + " must not be set with " + what + ", which " + why + ", was " + part());
    }
  }

  private static Optional<Share> share(ConfigReader reader) {
    if (!reader.isSet(SHARE)) {
      return Optional.empty();
    }
    Matcher parts = SHARE_FORM.matcher(reader.text(SHARE).strip());
    if (!parts.matches() || Integer.parseInt(parts.group(1)) >= Integer.parseInt(parts.group(2))) {
      throw ConfigurationException.of(
          SHARE,
          reader.raw(SHARE),
          "i/N with N shares and i from 0 to N-1, such as 0/3, 1/3 and 2/3 on three machines");
    }
    return Optional.of(
        new Share(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2))));
  }

  private static Optional<Duration> duration(ConfigReader reader) {
    Optional<Duration> asked = reader.optionalDuration(DURATION);
    return asked.isPresent() || reader.isSet("llm.load.requests")
        ? asked
        : Optional.of(DEFAULT_DURATION);
  }

  /** The part of the load that this process makes: all of it if nothing else was asked for. */
  public Share part() {
    return share.orElse(Share.WHOLE);
  }

  /** Whether arrivals come at a rate, whether the service answers or not. */
  public boolean isOpen() {
    return rpm.isPresent() || rates.isPresent();
  }

  /** The highest rate of an open load, in arrivals per minute. */
  public double peakRpm() {
    return rates.map(RateProfile::peakRpm).orElseGet(() -> rpm.orElse(0));
  }

  /** How many clients a closed load has at most. */
  public int mostClients() {
    return clientsOverTime
        .map(profile -> (int) part().count(profile.most()))
        .orElseGet(() -> clients.orElse(0));
  }

  /** How long the load may last; absent if {@code requests} alone ends it. */
  public Optional<Duration> longest() {
    return duration
        .or(() -> rates.map(RateProfile::duration))
        .or(() -> clientsOverTime.map(ClientProfile::duration));
  }

  /**
   * The same load, which must have no profile, for a simulation that says itself how its load goes
   * on.
   *
   * @throws ConfigurationException if it has one
   */
  public LoadConfig withoutProfile(String simulation) {
    if (rates.isPresent() || clientsOverTime.isPresent()) {
      throw new ConfigurationException(
          ProfilePhrases.KEY
              + " must be empty with "
              + simulation
              + ", whose rows are not split by phase");
    }
    return this;
  }

  /** The same load at another rate, by other clients. */
  public LoadConfig with(OptionalDouble newRpm, OptionalInt newClients) {
    return new LoadConfig(
        newRpm,
        Optional.empty(),
        Optional.empty(),
        duration,
        requests,
        untilAll,
        newClients,
        arrivals,
        maxScheduleDelay,
        catchUp,
        drain,
        share);
  }

  /** The load of the calls, if each arrival at {@code rpm} is that of so many. */
  public LoadConfig ofCalls(double callsOfEach) {
    return new LoadConfig(
        rpm.isPresent() ? OptionalDouble.of(rpm.getAsDouble() * callsOfEach) : rpm,
        rates,
        clientsOverTime,
        duration,
        requests.isPresent()
            ? OptionalLong.of(Math.round(Math.ceil(requests.getAsLong() * callsOfEach)))
            : requests,
        untilAll,
        clients,
        arrivals,
        maxScheduleDelay,
        catchUp,
        drain,
        share);
  }

  /** The same load, open: with this rate if it has none. */
  public LoadConfig withRpmIfUnset(double otherRpm) {
    return isOpen() ? this : with(OptionalDouble.of(otherRpm), clients);
  }
}
