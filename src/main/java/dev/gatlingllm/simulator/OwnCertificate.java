package dev.gatlingllm.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A key and the certificate that it has signed for itself, for loopback addresses, made in memory.
 * The JDK has no public way to make a certificate, so its DER (X.509 version 3, RFC 5280) is put
 * together here: Netty's netty-pkitesting would bring 11 MB of Bouncy Castle along.
 *
 * @param key on the curve P-256
 * @param certificate for {@code localhost}, {@code 127.0.0.1} and {@code ::1}; valid for a year
 */
record OwnCertificate(PrivateKey key, X509Certificate certificate) {

  private static final Duration VALID = Duration.ofDays(365);
  private static final Duration CLOCKS_DIFFER = Duration.ofDays(1);
  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int OBJECT_ID = 0x06;
  private static final int UTF8_STRING = 0x0c;
  private static final int UTC = 0x17;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int DNS_NAME = 0x82;
  private static final int IP_ADDRESS = 0x87;
  private static final int VERSION = 0xa0;
  private static final int EXTENSIONS = 0xa3;

  private static final byte[] ECDSA_WITH_SHA256 =
      der(SEQUENCE, der(OBJECT_ID, bytes(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2)));
  private static final byte[] COMMON_NAME = der(OBJECT_ID, bytes(0x55, 4, 3));
  private static final byte[] SUBJECT_ALTERNATIVE_NAME = der(OBJECT_ID, bytes(0x55, 0x1d, 0x11));
  private static final byte[] NAME =
      der(
          SEQUENCE,
          der(
              SET,
              der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, "simulated endpoint".getBytes(UTF_8)))));

  /** A new key and its certificate. */
  static OwnCertificate made(Instant now) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      KeyPair pair = generator.generateKeyPair();
      byte[] statement = statement(pair, now);
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate());
      signature.update(statement);
      byte[] certificate = der(SEQUENCE, statement, ECDSA_WITH_SHA256, bitString(signature.sign()));
      return new OwnCertificate(
          pair.getPrivate(),
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(certificate)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK cannot make a certificate", e);
    }
  }

  private static byte[] statement(KeyPair pair, Instant now) {
    return der(
        SEQUENCE,
        der(VERSION, der(INTEGER, bytes(2))),
        der(INTEGER, new BigInteger(64, new SecureRandom()).toByteArray()),
        ECDSA_WITH_SHA256,
        NAME,
        der(SEQUENCE, time(now.minus(CLOCKS_DIFFER)), time(now.plus(VALID))),
        NAME,
        pair.getPublic().getEncoded(),
        der(EXTENSIONS, der(SEQUENCE, loopbackNames())));
  }

  private static byte[] loopbackNames() {
    byte[] v6 = new byte[16];
    v6[15] = 1;
    byte[] names =
        der(
            SEQUENCE,
            der(DNS_NAME, "localhost".getBytes(UTF_8)),
            der(IP_ADDRESS, bytes(127, 0, 0, 1)),
            der(IP_ADDRESS, v6));
    return der(SEQUENCE, SUBJECT_ALTERNATIVE_NAME, der(OCTET_STRING, names));
  }

  private static byte[] time(Instant instant) {
    return der(UTC, UTC_TIME.format(instant).getBytes(UTF_8));
  }

  private static byte[] bitString(byte[] bits) {
    return der(BIT_STRING, bytes(0), bits);
  }

  /** Tag, length and the parts one after another. */
  private static byte[] der(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 4);
    out.write(tag);
    if (length >= 0x100) {
      out.write(0x82);
      out.write(length >> 8);
    } else if (length >= 0x80) {
      out.write(0x81);
    }
    out.write(length);
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
