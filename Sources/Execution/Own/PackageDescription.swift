internal import Foundation

/// A package's products, targets and dependencies, as SwiftPM describes them.
struct PackageDescription: Decodable, Sendable {
    /// A product: a library has a type of that name.
    struct Product: Decodable, Sendable {
        var name: String
        var targets: [String]
        var type: [String: JSONValue]
    }

    /// A target, with the product of other packages that it depends on.
    struct Target: Decodable, Sendable {
        var name: String
        var c99name: String
        var type: String
        var module_type: String
        var path: String
        var product_dependencies: [String]?
    }

    /// A package that this one depends on.
    struct Dependency: Decodable, Sendable {
        var identity: String
    }

    /// A platform with the least version that the package needs.
    struct Platform: Decodable, Sendable {
        var name: String
        var version: String
    }

    /// A value that is of no interest.
    struct JSONValue: Decodable, Sendable {
        init(from decoder: any Decoder) throws {}
    }

    var name: String
    var dependencies: [Dependency]
    var platforms: [Platform]
    var products: [Product]
    var targets: [Target]

    /// The libraries, without plugins and executables.
    var libraries: [Product] { products.filter { $0.type["library"] != nil } }

    /// The modules of the libraries, in their order.
    var modules: [String] {
        let names = libraries.flatMap(\.targets)
        let found = names.compactMap { name in targets.first { $0.name == name }?.c99name }
        return found.enumerated().filter { !found[..<$0.offset].contains($0.element) }.map(\.element)
    }

    /// The targets that may be built for a lesson.
    var sources: [Target] { targets.filter { $0.type != "test" && $0.type != "snippet" } }
}

/// The products of a build, as SwiftPM left them.
struct PackageProducts: Decodable, Sendable {
    private struct Command: Decodable, Sendable {
        var moduleName: String
        var importPath: String
        var otherArguments: [String]
    }

    private var swiftCommands: [String: Command]

    /// The modules of Swift that were built.
    var modules: Set<String> { Set(swiftCommands.values.map(\.moduleName)) }

    /// Returns the compiler's options with which a module sees all that it depends on: where modules, C headers, module maps
    /// and macros are. Others, such as how it is optimized, are its own business.
    func importingArguments(of module: String) -> [String]? {
        guard let command = swiftCommands.values.first(where: { $0.moduleName == module }) else { return nil }
        var arguments = ["-I", command.importPath]
        var rest = command.otherArguments[...]
        while let word = rest.popFirst() {
            switch word {
            case "-I", "-F", "-Fsystem", "-load-plugin-executable", "-load-plugin-library", "-plugin-path",
                "-external-plugin-path":
                if let value = rest.popFirst() { arguments += [word, value] }
            case "-Xfrontend":
                // Macros come so: each of the two words with this one before it.
                guard let option = rest.popFirst() else { break }
                if option.hasPrefix("-load-plugin"), rest.count >= 2 {
                    arguments += [word, option] + rest.prefix(2)
                    rest = rest.dropFirst(2)
                }
            case "-Xcc":
                guard let value = rest.popFirst() else { break }
                if value.hasPrefix("-fmodule-map-file=") || value.hasPrefix("-I") && value.count > 2 {
                    arguments += ["-Xcc", value]
                } else if ["-I", "-F", "-isystem", "-iframework"].contains(value), rest.count >= 2 {
                    arguments += ["-Xcc", value] + rest.prefix(2)
                    rest = rest.dropFirst(2)
                }
            case _ where word.hasPrefix("-cxx-interoperability-mode="): arguments.append(word)
            default: break
            }
        }
        return arguments
    }
}

/// The packages that a build came to, as SwiftPM keeps them.
struct PackageWorkspace: Decodable, Sendable {
    /// A package, with its address or path, and the state that it is in.
    struct Package: Decodable, Sendable {
        struct Reference: Decodable, Sendable {
            var identity: String
            var kind: String
            var location: String
        }
        struct State: Decodable, Sendable {
            struct Checkout: Decodable, Sendable {
                var revision: String?
                var version: String?
            }
            var checkoutState: Checkout?
        }
        var packageRef: Reference
        var state: State
    }

    private struct Object: Decodable {
        var dependencies: [Package]
    }
    private enum Keys: CodingKey { case object }

    /// The packages, in the order of their names.
    let packages: [Package]

    /// Reads `workspace-state.json`.
    init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: Keys.self).decode(Object.self, forKey: .object)
        packages = object.dependencies.sorted { $0.packageRef.identity < $1.packageRef.identity }
    }

    /// The packages of other places, each with its version, or its revision where it has none.
    var versions: [String] {
        packages.compactMap { package in
            guard let state = package.state.checkoutState else { return nil }
            return "\(package.packageRef.identity) \(state.version ?? state.revision ?? "")"
        }
    }

    /// The paths of the packages of this machine.
    var local: [String] { packages.filter { $0.packageRef.kind == "fileSystem" }.map(\.packageRef.location) }
}
