// WAV files as planar floats.
//
// Reads RIFF/WAVE of 16, 24 or 32 bit integers or 32 bit floats, plain or WAVE_FORMAT_EXTENSIBLE.
// Writes 16 bit integers when the samples came from such a file, so that what passes untouched
// stays the same bit for bit, else 32 bit floats. Not for the audio thread: allocates and throws.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tutti::sim {

struct Wav {
  uint32_t sample_rate = 48000;
  bool integers = true;  // 16 bit or fewer: written as it was read
  // samples[channel][frame], full scale is 1.
  std::vector<std::vector<float>> samples;

  size_t frames() const { return samples.empty() ? 0 : samples[0].size(); }
};

// Throw std::runtime_error with a message that names the file and what is wrong with it.
Wav read_wav(const std::string& path);
void write_wav(const std::string& path, const Wav& wav);

}  // namespace tutti::sim
