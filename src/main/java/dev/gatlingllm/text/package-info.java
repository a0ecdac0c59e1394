/**
 * Text from elsewhere, made harmless for the format it is written in: names of models, errors of
 * services, labels, file names. It uses the JDK alone.
 */
package dev.gatlingllm.text;
