// A typed call of the module Weather, which needs no token:
//
//     swift run weather-now             (responds with the spec's example; nothing is sent)
//     swift run weather-now --online    (asks api.open-meteo.com)
import EndpointDynamic
import Foundation
import Weather

do {
    let isOnline = CommandLine.arguments.contains("--online")
    let transport: (any Transport)? = isOnline ? nil : ExampleTransport([try DynamicModule(.weather)])

    let weather = WeatherClient(tokens: nil, configuration: ClientConfiguration(transport: transport))
    let forecast = try await weather.forecast.currentWeather(latitude: 30.25, longitude: 120.17)
    print("\(forecast.currentWeather.temperature) °C, wind \(forecast.currentWeather.windspeed) km/h")
} catch {
    print(error)
    exit(1)
}
