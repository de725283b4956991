// What tutti-sim tells of a run: P.csv, a line for each packet, and R.json.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "simulation.h"

namespace tutti::sim {

// Delays are of played packets, above the fastest packet of the whole run. Empty sets give null.
nlohmann::ordered_json report(const Scenario& scenario, const Result& result);
// Throws std::runtime_error when the file cannot be written.
void write_report(const std::string& path, const nlohmann::ordered_json& report);
void write_packets(const std::string& path, const Result& result);

}  // namespace tutti::sim
